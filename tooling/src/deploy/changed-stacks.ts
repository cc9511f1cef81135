import { isDeepStrictEqual } from 'node:util';
import { type CloudFormationClient, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { AssemblyStack } from './assembly.js';
import { describeStack } from './describe-stack.js';
import { parsedTemplate } from './parsed-template.js';
import { areStale } from './stale-stacks.js';

export interface AccountClients {
  readonly cloudFormation: CloudFormationClient;
  readonly parameterStore: SSMClient;
}

const settled = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/;

/**
 * The stacks that the account does not run as they are here. A template names its assets by their digest, so an equal
 * template is an equal release, as long as the values that it reads from Parameter Store are still the same; nothing
 * has to be remembered between two deployments.
 */
export async function changedStacks(
  clients: AccountClients,
  stacks: readonly AssemblyStack[],
): Promise<AssemblyStack[]> {
  const running = await Promise.all(stacks.map((stack) => runningAsIs(clients.cloudFormation, stack)));
  const stale = await areStale(clients.parameterStore, running);
  return stacks.filter((_, index) => running[index] === undefined || stale[index]);
}

/** The stacks that have read values which another stack has changed since. */
export async function outdatedStacks(
  { cloudFormation, parameterStore }: AccountClients,
  stacks: readonly AssemblyStack[],
): Promise<AssemblyStack[]> {
  const deployed = await Promise.all(stacks.map(({ stackName }) => describeStack(cloudFormation, stackName)));
  const stale = await areStale(parameterStore, deployed);
  return stacks.filter((_, index) => stale[index]);
}

/** The deployed stack, if it has come to rest with exactly this template. */
async function runningAsIs(client: CloudFormationClient, stack: AssemblyStack): Promise<Stack | undefined> {
  const deployed = await describeStack(client, stack.stackName);
  if (!settled.test(deployed?.StackStatus ?? '')) return undefined;
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: stack.stackName, TemplateStage: 'Original' }),
  );
  return isDeepStrictEqual(parsedTemplate(TemplateBody), stack.template) ? deployed : undefined;
}
