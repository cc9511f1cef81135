import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { UserError } from '@shipline/tooling/cli';
import type { AssemblyStack } from '@shipline/tooling/deploy/assembly';
import { cdkDeploy } from '@shipline/tooling/deploy/cdk';
import { type AccountClients, changedStacks } from '@shipline/tooling/deploy/changed-stacks';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { type Progress, silentProgress } from '@shipline/tooling/progress';
import type { Assembly } from './assemblies.js';

export const only = ({ stacks }: Assembly, names: readonly string[]): AssemblyStack[] =>
  stacks.filter(({ stackName }) => names.includes(stackName));

/**
 * Releases as `pnpm deploy:<env>` does. That a release fails is what many drills want: it is no error here.
 * @returns what `cdk deploy` said where it failed.
 */
export async function release(
  assembly: Assembly,
  stackNames: readonly string[],
): Promise<string | undefined> {
  try {
    await cdkDeploy(assembly.folder, stackNames, silentProgress);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Waits until CloudFormation has ended what it does with these stacks. */
export async function untilSettled(
  client: CloudFormationClient,
  stackNames: readonly string[],
): Promise<void> {
  for (const name of stackNames)
    while (/_IN_PROGRESS$/.test((await describeStack(client, name))?.StackStatus ?? '')) await sleep(500);
}

/**
 * Brings the stacks back to the sound release, where CloudFormation has not done so by itself.
 * @throws {UserError} when they are still another one afterwards.
 */
export async function bringBack(
  clients: AccountClients,
  sound: Assembly,
  stackNames: readonly string[],
  progress: Progress,
): Promise<void> {
  const wanted = only(sound, stackNames);
  await untilSettled(clients.cloudFormation, stackNames);
  const other = (await changedStacks(clients, wanted)).map(({ stackName }) => stackName);
  if (other.length === 0) return;
  await progress.step(`Bring back ${other.join(', ')}`, () => cdkDeploy(sound.folder, other, silentProgress));
  const left = await changedStacks(clients, wanted);
  if (left.length > 0)
    throw new UserError(
      `${left.map(({ stackName }) => stackName).join(', ')} could not be brought back to what it was: run \`pnpm deploy:<environment>\`.`,
    );
}
