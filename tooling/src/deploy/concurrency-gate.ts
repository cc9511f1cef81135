import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { UserError } from '../cli.js';
import type { AssemblyStack } from './assembly.js';
import { describeStack } from './describe-stack.js';
import { parsedTemplate } from './parsed-template.js';

interface Alias {
  readonly Type: 'AWS::Lambda::Alias';
  readonly Properties: {
    readonly FunctionVersion?: unknown;
    readonly ProvisionedConcurrencyConfig?: unknown;
  };
}

/**
 * Aliases whose version and whose provisioned concurrency both change between two templates, by logical id. Lambda
 * refuses to change the concurrency of an alias with weights, and a new version is what gives it weights:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
export function concurrencyWithCode(deployed: unknown, wanted: unknown): string[] {
  const before = aliasesOf(deployed);
  return Object.entries(aliasesOf(wanted)).flatMap(([id, { Properties: after }]) => {
    const known = before[id]?.Properties;
    const both =
      known !== undefined &&
      differs(known.FunctionVersion, after.FunctionVersion) &&
      differs(known.ProvisionedConcurrencyConfig, after.ProvisionedConcurrencyConfig);
    return both ? [id] : [];
  });
}

/**
 * Stops a release that would be half done before Lambda refuses the rest of it.
 * @throws {UserError} naming what changes together.
 */
export async function refuseConcurrencyWithCode(
  client: CloudFormationClient,
  stacks: readonly AssemblyStack[],
): Promise<void> {
  const found = await Promise.all(
    stacks.map(async ({ stackName, template }) => {
      if (!(await describeStack(client, stackName))) return [];
      const { TemplateBody = '{}' } = await client.send(
        new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
      );
      return concurrencyWithCode(parsedTemplate(TemplateBody), template).map((id) => `${stackName}/${id}`);
    }),
  );
  const aliases = found.flat();
  if (aliases.length > 0)
    throw new UserError(
      `Provisioned concurrency and code change in one release (${aliases.join(', ')}), which Lambda refuses while traffic shifts: release the code first, then the change of provisionedConcurrency in infra/src/environments.ts.`,
    );
}

const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

function aliasesOf(template: unknown): Record<string, Alias> {
  const { Resources = {} } = (template ?? {}) as { Resources?: Record<string, { Type: string }> };
  return Object.fromEntries(
    Object.entries(Resources).filter(
      (entry): entry is [string, Alias] => entry[1].Type === 'AWS::Lambda::Alias',
    ),
  );
}
