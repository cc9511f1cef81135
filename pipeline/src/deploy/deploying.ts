import { join } from 'node:path';
import { connectGateway } from '@shipline/tooling/deploy/gateway-webhook';
import { localHosts, openLocalDoors } from '@shipline/tooling/deploy/local-doors';
import { type Outputs, readOutputs } from '@shipline/tooling/deploy/outputs';
import { seedShop } from '@shipline/tooling/deploy/seed';
import { publishShop } from '@shipline/tooling/deploy/site';
import type { Target } from '@shipline/tooling/deploy/target';
import type { Progress } from '@shipline/tooling/progress';
import { filesOf } from '@shipline/tooling/storefront/bundle';
import { storefrontClients } from '@shipline/tooling/storefront/clients';
import { beginPublishing, contractsIn, endPublishing, siteBucketOf } from '../contracts/published.js';
import { accountOf } from './account.js';
import type { Plan } from './plan-file.js';
import { releasedWaves } from './released-stacks.js';
import { samSettingOf } from './sam-setting.js';
import { deployStack } from './stack-deployment.js';
import { deployWaves, type Wave } from './waves.js';

/** A whole release in one environment. */
export interface Deployed {
  readonly outputs: Outputs;
  /** Ids of the stacks that were changed. */
  readonly changed: readonly string[];
}

/** Executes a plan, stack by stack in waves, and publishes what is not in stacks. */
export async function deployRelease(
  { target, releaseFolder, plan }: { target: Target; releaseFolder: string; plan: Plan },
  progress: Progress,
): Promise<Deployed> {
  const { environment, local } = target;
  const account = accountOf(target);
  const sam = await samSettingOf(target, account.s3, progress.note);
  const deployment = { account, sam, environment, reusePackaged: true, written: new Set<string>() };
  const planned = new Map(plan.stacks.map((stack) => [stack.stackName, stack]));
  const openDoors = async () => {
    // The release checks pay at the sandbox, by the address that the new version of payments has for it.
    if (local)
      await openLocalDoors(
        local.port,
        environment.name,
        await localHosts(account.cloudFormation, environment),
      );
  };
  const waves = releasedWaves(releaseFolder, environment).map(
    (stacks): Wave => ({ stacks, afterwards: openDoors }),
  );
  const site = await siteBucketOf(account.cloudFormation, environment.name);
  if (site) await beginPublishing(account.s3, site, plan.release, contractsIn(releaseFolder));
  const changed = await progress.step('Deploy the stacks', () =>
    deployWaves(waves, (stack) => deployStack(deployment, stack, planned.get(stack.stackName)), progress),
  );
  const outputs = await readOutputs(account.cloudFormation, target);
  await progress.step('Publish the storefront', () =>
    publishShop(storefrontClients(target), outputs, filesOf(join(releaseFolder, 'site'))),
  );
  await endPublishing(account.s3, outputs.siteBucket);
  progress.note(await connectGateway(outputs));
  // On AWS, somebody fills the shelves once: `pnpm seed --env <environment>`.
  if (local) await seedShop(outputs, progress);
  return { outputs, changed };
}
