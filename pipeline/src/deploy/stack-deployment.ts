import type { Environment } from '@shipline/infra';
import { removeFailedCreation } from '@shipline/tooling/deploy/failed-creation';
import { parameterValues } from '@shipline/tooling/deploy/stale-stacks';
import { isAvailable } from './change-set.js';
import type { PlannedStack } from './plan-file.js';
import { type Planning, planStacks } from './planning.js';
import { protect } from './protection.js';
import type { ReleasedStack } from './released-stacks.js';
import { packagedAlready } from './sam-stack.js';
import { executed, StackFailed } from './settle.js';
import { refuseLossOfState } from './state-guard.js';
import { refuseUnseen } from './unseen.js';
import { namesWrittenBy } from './writes.js';

export interface StackDeployment extends Planning {
  readonly environment: Pick<Environment, 'protectsState' | 'hostedBy'>;
  /**
   * Names in Parameter Store that stacks of this release have written so far, added to as they are deployed. Undefined
   * where there is no plan that anybody could have seen: a drill.
   */
  readonly written?: Set<string>;
}

/**
 * Brings one stack to the release: by the change set that was planned, or, where the stacks before it have written what
 * it reads, by one that is made only now and does nothing that the plan has not shown.
 * @param planned As it was planned; undefined where the plan left it alone, or there is none.
 * @returns whether anything was executed.
 */
export async function deployStack(
  deployment: StackDeployment,
  stack: ReleasedStack,
  planned: PlannedStack | undefined,
): Promise<boolean> {
  const { account, environment } = deployment;
  const current = (await isCurrent(deployment, planned))
    ? planned
    : await planAnew(deployment, stack, planned);
  if (current !== undefined) await execute(deployment, current);
  await protect(account.cloudFormation, environment, stack.stackName);
  return current !== undefined;
}

/** Whether the planned change set would still do what was planned. */
async function isCurrent({ account }: StackDeployment, planned: PlannedStack | undefined): Promise<boolean> {
  if (planned?.changeSet === undefined) return false;
  if (!(await isAvailable(account.cloudFormation, planned.changeSet)))
    throw new StackFailed(`The change set of ${planned.stackName} is gone: run the gate \`plan\` again.`);
  const names = Object.keys(planned.reads);
  const values = await parameterValues(account.parameterStore, names);
  return names.every((name) => values.get(name) === planned.reads[name]);
}

async function planAnew(
  deployment: StackDeployment,
  stack: ReleasedStack,
  planned: PlannedStack | undefined,
): Promise<PlannedStack | undefined> {
  await removeFailedCreation(deployment.account.cloudFormation, stack.stackName);
  const [now] = (await planStacks(deployment, [stack])).stacks;
  if (!now) return undefined;
  refuseLossOfState([now]);
  const { written } = deployment;
  if (planned || written)
    refuseUnseen(now, packagedAlready(deployment.sam, stack), { planned, written: written ?? new Set() });
  return now;
}

async function execute(
  { account: { cloudFormation }, environment, written }: StackDeployment,
  { stackName, changeSet, waitsFor }: PlannedStack,
): Promise<void> {
  if (changeSet === undefined)
    throw new StackFailed(`${stackName} reads what nobody has written: ${waitsFor.join(', ')}.`);
  await executed(cloudFormation, { stackName, changeSet, local: environment.hostedBy === 'local-cloud' });
  for (const name of await namesWrittenBy(cloudFormation, stackName)) written?.add(name);
}
