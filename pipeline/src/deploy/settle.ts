import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { executionOf } from './change-set.js';

/** A stack came to rest where it should not have. */
export class StackFailed extends Error {
  override readonly name = 'StackFailed';
}

/** How often CloudFormation is asked; its own wait of a canary takes minutes. */
const pollMs = { local: 250, aws: 2_000 } as const;

/**
 * Executes a change set and waits until CloudFormation has done all of it.
 * @throws {StackFailed} with what went wrong first.
 */
export async function executed(
  client: CloudFormationClient,
  { stackName, changeSet, local }: { stackName: string; changeSet: string; local: boolean },
): Promise<void> {
  const since = new Date();
  const before = await describeStack(client, stackName);
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: changeSet }));
  for (;;) {
    const stack = await describeStack(client, stackName);
    const { StackStatus = 'DELETE_COMPLETE' } = stack ?? {};
    // A read may be older than the execution: it tells how the stack rested before.
    const isOld = !hasBegun(before, stack) && !(await isOver(client, changeSet));
    if (!isOld && /^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus)) return;
    // The new resources serve already; what they replaced is still being removed.
    const working = isOld || /_IN_PROGRESS$/.test(StackStatus);
    if (!working) throw new StackFailed(`${stackName}: ${await reasonOf(client, stackName, since)}`);
    await sleep(local ? pollMs.local : pollMs.aws);
  }
}

const hasBegun = (before: Stack | undefined, now: Stack | undefined) =>
  now?.StackStatus !== before?.StackStatus ||
  now?.LastUpdatedTime?.getTime() !== before?.LastUpdatedTime?.getTime();

/** Whether a change set was executed to its end, good or bad; CloudFormation may have forgotten it by then. */
async function isOver(client: CloudFormationClient, changeSet: string): Promise<boolean> {
  const status = await executionOf(client, changeSet);
  return status === undefined || /^EXECUTE_(COMPLETE|FAILED)$/.test(status);
}

/** What failed first; everything after it was only cancelled. */
async function reasonOf(client: CloudFormationClient, stackName: string, since: Date): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stackName }));
  const failures = StackEvents.filter(
    ({ ResourceStatus = '', ResourceStatusReason = '', Timestamp = since }) =>
      ResourceStatus.endsWith('_FAILED') && !/cancelled/i.test(ResourceStatusReason) && Timestamp >= since,
  );
  const first = failures.at(-1);
  if (!first) return 'it was rolled back, and no event says why';
  return `${first.LogicalResourceId}: ${first.ResourceStatusReason ?? first.ResourceStatus}`;
}
