import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';

/** Waits until CloudFormation has ended what it does with these stacks. */
export async function untilSettled(
  client: CloudFormationClient,
  stackNames: readonly string[],
): Promise<void> {
  for (const name of stackNames)
    while (/_IN_PROGRESS$/.test((await describeStack(client, name))?.StackStatus ?? '')) await sleep(500);
}
