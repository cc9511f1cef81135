import { isDeepStrictEqual } from 'node:util';
import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { AssemblyStack } from './assembly.js';

const settled = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/;

/**
 * True when the account runs exactly this template. A template names its assets by their digest, so an equal
 * template is an equal release, and nothing else has to be remembered between two deployments.
 */
export async function isUnchanged(client: CloudFormationClient, stack: AssemblyStack): Promise<boolean> {
  const status = await statusOf(client, stack.stackName);
  if (status === undefined || !settled.test(status)) return false;
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: stack.stackName, TemplateStage: 'Original' }),
  );
  return isDeepStrictEqual(JSON.parse(TemplateBody), stack.template);
}

/** The stack's status, or undefined where there is no such stack. */
export async function statusOf(client: CloudFormationClient, stackName: string): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks[0]?.StackStatus;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}
