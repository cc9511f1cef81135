import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';

/** A stack came to rest where it should not have. */
export class StackFailed extends Error {
  override readonly name = 'StackFailed';
}

/** How often CloudFormation is asked; its own wait of a canary takes minutes. */
const pollMs = { local: 250, aws: 2_000 } as const;

/**
 * Waits until CloudFormation has done what it was told.
 * @throws {StackFailed} with what went wrong first.
 */
export async function untilDeployed(
  client: CloudFormationClient,
  stackName: string,
  { local, since }: { local: boolean; since: Date },
): Promise<void> {
  for (;;) {
    const { StackStatus = 'DELETE_COMPLETE' } = (await describeStack(client, stackName)) ?? {};
    if (/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus)) return;
    // The new resources serve already; what they replaced is still being removed.
    const working = /_IN_PROGRESS$/.test(StackStatus);
    if (!working) throw new StackFailed(`${stackName}: ${await reasonOf(client, stackName, since)}`);
    await sleep(local ? pollMs.local : pollMs.aws);
  }
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
