import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import type { Environment } from '@shipline/infra';
import { removeFailedCreation } from '@shipline/tooling/deploy/failed-creation';
import { parameterValues } from '@shipline/tooling/deploy/stale-stacks';
import { isAvailable } from './change-set.js';
import type { PlannedStack } from './plan-file.js';
import { type Planning, planStacks } from './planning.js';
import { protect } from './protection.js';
import type { ReleasedStack } from './released-stacks.js';
import { StackFailed, untilDeployed } from './settle.js';
import { refuseLossOfState } from './state-guard.js';

export interface StackDeployment extends Planning {
  readonly environment: Pick<Environment, 'protectsState' | 'hostedBy'>;
}

/**
 * Brings one stack to the release: by the change set that was planned, or, where the stacks before it have written what
 * it reads, by one that is made only now and looked at in the same way.
 * @returns whether anything was executed.
 */
export async function deployStack(
  deployment: StackDeployment,
  stack: ReleasedStack,
  planned: PlannedStack | undefined,
): Promise<boolean> {
  const { account, environment } = deployment;
  const current = (await isCurrent(deployment, planned)) ? planned : await planAnew(deployment, stack);
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
): Promise<PlannedStack | undefined> {
  await removeFailedCreation(deployment.account.cloudFormation, stack.stackName);
  const [planned] = (await planStacks(deployment, [stack])).stacks;
  if (planned) refuseLossOfState([planned]);
  return planned;
}

async function execute(
  { account: { cloudFormation }, environment }: StackDeployment,
  { stackName, changeSet, waitsFor }: PlannedStack,
): Promise<void> {
  if (changeSet === undefined)
    throw new StackFailed(`${stackName} reads what nobody has written: ${waitsFor.join(', ')}.`);
  const since = new Date();
  await cloudFormation.send(new ExecuteChangeSetCommand({ ChangeSetName: changeSet }));
  await untilDeployed(cloudFormation, stackName, { local: environment.hostedBy === 'local-cloud', since });
}
