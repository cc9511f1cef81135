import { concurrencyWithCode } from '@shipline/tooling/deploy/concurrency-gate';
import { GateShut } from '../gates/gate.js';
import type { Account } from './account.js';
import { changesOf, dropOldChangeSets } from './change-set.js';
import { allInParallel } from './in-parallel.js';
import { permissionDifferences } from './permissions.js';
import type { PlannedStack } from './plan-file.js';
import { missingIn, type Reads, readsOf } from './reads.js';
import type { ReleasedStack } from './released-stacks.js';
import type { SamSetting } from './sam-setting.js';
import { makeChangeSet, type PackagedStack, packagedBefore, packageStack } from './sam-stack.js';
import { type Standing, standingOf } from './standing.js';
import { changesBetween } from './template-changes.js';

/** SAM starts for more than a second of one processor: more at a time only wait for each other. */
const atATime = 4;

export interface Planning {
  readonly account: Account;
  readonly sam: SamSetting;
  /** Take the templates that the plan has packaged: its artifacts are in the account's bucket already. */
  readonly reusePackaged?: boolean;
}

/** What a release would do to stacks, and those which it leaves alone. */
export interface Planned {
  readonly stacks: PlannedStack[];
  readonly unchanged: ReleasedStack[];
}

/**
 * Makes the change sets of what a release changes; nothing of it is executed. A stack that reads what another stack of
 * the release will only write has none yet: what it adds, changes and removes is told from its template and the deployed one.
 */
export async function planStacks(planning: Planning, stacks: readonly ReleasedStack[]): Promise<Planned> {
  const compared = await allInParallel(8, stacks, async (stack) => ({
    stack,
    standing: await standingOf(planning.account, stack),
  }));
  const affected = compared.filter(({ standing }) => standing.kind !== 'unchanged');
  const planned = await allInParallel(atATime, affected, (one) => planStack(planning, one));
  return {
    // An empty change set starts nothing.
    stacks: planned.filter((stack) => stack !== undefined),
    unchanged: compared
      .map(({ stack }) => stack)
      .filter((stack) => !planned.some((one) => one?.stackName === stack.stackName)),
  };
}

async function planStack(
  planning: Planning,
  { stack, standing }: { stack: ReleasedStack; standing: Standing },
): Promise<PlannedStack | undefined> {
  const before = planning.reusePackaged ? packagedBefore(planning.sam, stack) : undefined;
  const packaged = before ?? (await packageStack(planning.sam, stack));
  const deployed = standing.kind === 'changed' ? standing.template : undefined;
  refuseConcurrencyWithCode(stack, deployed, packaged.template);
  const reads = await readsOf(planning.account.parameterStore, packaged);
  const planned = {
    id: stack.id,
    stackName: stack.stackName,
    operation: deployed === undefined ? ('create' as const) : ('update' as const),
    waitsFor: missingIn(reads),
    reads: written(reads),
    permissions: permissionDifferences(deployed, packaged.template),
  };
  if (standing.kind === 'failed' || planned.waitsFor.length > 0)
    return { ...planned, changes: changesBetween(deployed, packaged.template) };
  const changeSet = await freshChangeSet(planning, packaged, standing);
  if (changeSet === undefined) return undefined;
  return { ...planned, changeSet, changes: await changesOf(planning.account.cloudFormation, changeSet) };
}

async function freshChangeSet(
  { account: { cloudFormation }, sam }: Planning,
  packaged: PackagedStack,
  standing: Standing,
): Promise<string | undefined> {
  if (standing.kind === 'changed') await dropOldChangeSets(cloudFormation, packaged.stack.stackName);
  return makeChangeSet(sam, packaged);
}

/** Lambda refuses it while traffic shifts, when half of the release is done. */
function refuseConcurrencyWithCode({ stackName }: ReleasedStack, before: unknown, after: unknown): void {
  const aliases = concurrencyWithCode(before, after);
  if (aliases.length > 0)
    throw new GateShut(
      `Provisioned concurrency and code change in one release (${stackName}: ${aliases.join(', ')}): release the code first, then the change of provisionedConcurrency in infra/src/environments.ts.`,
    );
}

const written = (reads: Reads): Record<string, string> =>
  Object.fromEntries(Object.entries(reads).flatMap(([name, value]) => (value ? [[name, value]] : [])));
