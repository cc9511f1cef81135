import {
  type CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { describeStack } from './describe-stack.js';

/** A stack whose creation failed can only be deleted. */
const failed = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED)$/;

/**
 * Deletes what is left of a creation that failed or was cut off, so that the stack can be created anew. The CDK does
 * this by itself, SAM does not.
 * @returns true when there was something to delete.
 */
export async function removeFailedCreation(
  client: CloudFormationClient,
  stackName: string,
): Promise<boolean> {
  const stack = await describeStack(client, stackName);
  if (!failed.test(stack?.StackStatus ?? '')) return false;
  await client.send(new DeleteStackCommand({ StackName: stackName }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 600, minDelay: 1 }, { StackName: stackName });
  return true;
}
