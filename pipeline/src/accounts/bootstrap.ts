import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  GetTemplateCommand,
  UpdateTerminationProtectionCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { parsedTemplate } from '@shipline/tooling/deploy/parsed-template';
import { changesOf } from '../deploy/change-set.js';
import { permissionDifferences } from '../deploy/permissions.js';
import { executed } from '../deploy/settle.js';

export interface Bootstrap {
  readonly client: CloudFormationClient;
  readonly stackName: string;
  readonly template: string;
  readonly local: boolean;
  readonly say: (line: string) => void;
  /** Whether somebody agrees to what was shown. */
  readonly agreed: () => Promise<boolean>;
}

/**
 * Makes or changes the stack of an account: shows every resource and every permission that changes, asks, and executes
 * exactly that. An account has no bucket before this, so that the template goes along with the request.
 * @returns whether the account is as the template says.
 */
export async function bootstrap({
  client,
  stackName,
  template,
  local,
  say,
  agreed,
}: Bootstrap): Promise<boolean> {
  const stack = await describeStack(client, stackName);
  const known = stack !== undefined && stack.StackStatus !== 'REVIEW_IN_PROGRESS';
  const changeSet = await changeSetOf(client, stackName, template, known);
  if (changeSet === undefined) {
    say(`${stackName} is as it should be.`);
    return true;
  }
  for (const { action, type, resource } of await changesOf(client, changeSet))
    say(`${action} ${type} ${resource}`);
  const before = known ? await deployedTemplate(client, stackName) : undefined;
  for (const difference of permissionDifferences(before, parsedTemplate(template))) say(difference);
  if (!(await agreed())) {
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: changeSet }));
    return false;
  }
  await executed(client, { stackName, changeSet, local });
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: !local }),
  );
  return true;
}

/** @returns the ARN of the change set, or undefined where it would change nothing. */
async function changeSetOf(
  client: CloudFormationClient,
  StackName: string,
  TemplateBody: string,
  known: boolean,
): Promise<string | undefined> {
  const { Id = '' } = await client.send(
    new CreateChangeSetCommand({
      StackName,
      TemplateBody,
      ChangeSetName: `bootstrap-${Date.now()}`,
      ChangeSetType: known ? 'UPDATE' : 'CREATE',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Tags: [{ Key: 'shipline:stack', Value: 'bootstrap' }],
    }),
  );
  try {
    await waitUntilChangeSetCreateComplete({ client, maxWaitTime: 300, minDelay: 1 }, { ChangeSetName: Id });
    return Id;
  } catch (error) {
    if (!/didn't contain changes|No updates are to be performed/.test(String(error))) throw error;
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: Id }));
    return undefined;
  }
}

async function deployedTemplate(client: CloudFormationClient, StackName: string): Promise<unknown> {
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
  return parsedTemplate(TemplateBody);
}
