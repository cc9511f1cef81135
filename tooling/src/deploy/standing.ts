import type { AssemblyStack } from './assembly.js';
import { type AccountClients, changedStacks } from './changed-stacks.js';
import { describeStack } from './describe-stack.js';

export const BROKEN_RUNBOOK = 'docs/runbooks/broken-stack.md';

/** Where the stacks of an environment stand, by name. */
export interface Standing {
  /** Deployed as they are here. */
  readonly asBuilt: readonly string[];
  /** Deployed now, but another deployment has changed since what they read, or has written over them. */
  readonly outdated: readonly string[];
  /** Their update was begun and rolled back: they are as they were before. */
  readonly takenBack: readonly string[];
  /** Their creation or their way back failed: CloudFormation does no more about them. */
  readonly broken: readonly string[];
  /** CloudFormation works on them, whoever waits for it. */
  readonly underWay: readonly string[];
  /** Neither begun nor as they are here. */
  readonly notBegun: readonly string[];
}

/** @param since When the deployment began. */
export async function standingOf(
  clients: AccountClients,
  stacks: readonly AssemblyStack[],
  since: Date,
): Promise<Standing> {
  const changed = new Set(await changedStacks(clients, stacks));
  const of = noStacks();
  await Promise.all(
    stacks.map(async (stack) => {
      of[changed.has(stack) ? await whereIs(clients, stack, since) : 'asBuilt'].push(stack.stackName);
    }),
  );
  for (const names of Object.values(of)) names.sort();
  return of;
}

const noStacks = (): Record<keyof Standing, string[]> => ({
  asBuilt: [],
  outdated: [],
  takenBack: [],
  broken: [],
  underWay: [],
  notBegun: [],
});

async function whereIs(
  { cloudFormation }: AccountClients,
  { stackName }: AssemblyStack,
  since: Date,
): Promise<Exclude<keyof Standing, 'asBuilt'>> {
  const stack = await describeStack(cloudFormation, stackName);
  const status = stack?.StackStatus ?? '';
  if (isBroken.test(status)) return 'broken';
  // A change set that nobody has executed: there is no stack yet.
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') return 'underWay';
  const begun = stack?.LastUpdatedTime ?? stack?.CreationTime;
  if (begun === undefined || begun < since || status === 'REVIEW_IN_PROGRESS') return 'notBegun';
  return status.endsWith('_ROLLBACK_COMPLETE') ? 'takenBack' : 'outdated';
}

/** `ROLLBACK_COMPLETE` is a stack that never came to be. */
const isBroken = /^(ROLLBACK_COMPLETE|.*_FAILED)$/;

/** One line for the end of a deployment that did not come to its own. */
export function standingLine(environment: string, standing: Standing): string {
  const total = Object.values(standing).reduce((sum, names) => sum + names.length, 0);
  const named = (what: string, names: readonly string[]) =>
    names.length > 0 ? [`${what} ${names.join(', ')}`] : [];
  const parts = [
    `${standing.asBuilt.length} of ${total} stacks as they are here`,
    ...named('deployed, with values that have changed since:', standing.outdated),
    ...named('as before:', standing.takenBack),
    ...named(`broken (${BROKEN_RUNBOOK}):`, standing.broken),
    ...named('CloudFormation still works on', standing.underWay),
    ...named('not begun:', standing.notBegun),
  ];
  return `Live in ${environment}: ${parts.join('; ')}`;
}
