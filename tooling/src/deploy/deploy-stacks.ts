import { stackName } from '@shipline/infra';
import { cdkOut } from '../paths.js';
import type { Progress } from '../progress.js';
import { type AssemblyStack, readAssembly } from './assembly.js';
import { cdkDeploy } from './cdk.js';
import { type AccountClients, changedStacks, outdatedStacks } from './changed-stacks.js';
import { refuseConcurrencyWithCode } from './concurrency-gate.js';
import { newDeployLog } from './deploy-log.js';
import { deployStage, type StageActions } from './deploy-stage.js';
import { localHosts, openLocalDoors } from './local-doors.js';
import { deployPaymentSandbox } from './payment-sandbox.js';
import type { Target } from './target.js';

export interface StackDeployment {
  readonly clients: AccountClients;
  /** The account's bucket for templates and code. */
  readonly bucket: string;
  readonly stopped?: AbortSignal;
}

export interface DeployedStackNames {
  /** Of the shop; the sandbox in its company is not one of them. */
  readonly total: number;
  /** Names of those that were deployed now. */
  readonly changed: readonly string[];
}

/** State first; then the sandbox, whose address payments needs; then the services. A failure ends it. */
export async function deployStacks(
  { environment, local }: Target,
  { clients, bucket, stopped }: StackDeployment,
  progress: Progress,
): Promise<DeployedStackNames> {
  const assembly = cdkOut(environment.name);
  const stacks = readAssembly(assembly);
  await refuseConcurrencyWithCode(clients.cloudFormation, stacks);
  const log = newDeployLog(environment.name, new Date());
  const changed = new Set<string>();
  const actions: StageActions = {
    changed: (some) => changedStacks(clients, some),
    outdated: (some) => outdatedStacks(clients, some),
    deploy: async (names) => {
      await cdkDeploy(assembly, names, progress, { log, ...(stopped && { stopped }) });
      for (const name of names) changed.add(name);
    },
  };
  const foundation = { title: 'with state', stacks: stacks.filter(isFoundation) };
  const services = { title: 'with functions', stacks: stacks.filter((stack) => !isFoundation(stack)) };
  await deployStage(foundation, actions, progress);
  if (environment.gateway.kind === 'sandbox') {
    const sandbox = stackName(environment.name, 'payment-sandbox');
    const input = { clients, environment, stackName: sandbox, bucket, progress };
    await progress.step('Deploy the payment sandbox', () => deployPaymentSandbox(input));
  }
  // The release checks pay at the sandbox, by the address that the new version of payments has for it.
  if (local)
    await openLocalDoors(local.port, environment.name, await localHosts(clients.cloudFormation, environment));
  await deployStage(services, actions, progress);
  return { total: stacks.length, changed: [...changed] };
}

const isFoundation = ({ stackName: name }: AssemblyStack) =>
  name.endsWith('-data') || name.endsWith('-platform');
