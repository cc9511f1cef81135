import { Interrupted } from '../cli.js';
import type { Progress } from '../progress.js';
import type { DeploymentRow } from '../releases/deployment-row.js';
import type { PublishedStorefront } from '../storefront/release.js';
import type { DeployedStackNames } from './deploy-stacks.js';
import { liveLine } from './live-line.js';
import type { Outputs } from './outputs.js';

/** What a deployment does once there is something to deploy, in this order. */
export interface BringUpActions {
  readonly prepare: () => Promise<void>;
  readonly stacks: () => Promise<DeployedStackNames>;
  readonly outputs: () => Promise<Outputs>;
  readonly openDoors: (outputs: Outputs) => Promise<void>;
  readonly publish: (outputs: Outputs) => Promise<PublishedStorefront>;
  /** @returns what to tell the person at the terminal. */
  readonly connect: (outputs: Outputs) => Promise<string>;
  /** The versions of functions that came with it. */
  readonly releases: () => Promise<readonly DeploymentRow[]>;
}

export interface Deployed {
  /** What the environment offers now. */
  readonly outputs: Outputs;
  /** One line that says what is live. */
  readonly live: string;
}

/**
 * Brings an environment to what was built.
 * @throws {Interrupted} after Ctrl-C: what is being done ends, nothing more is begun.
 */
export async function bringUp(
  actions: BringUpActions,
  progress: Progress,
  stopped?: AbortSignal,
): Promise<Deployed> {
  await actions.prepare();
  const { total, changed } = await actions.stacks();
  const outputs = await actions.outputs();
  await actions.openDoors(outputs);
  const storefront = await progress.step('Publish the storefront', () => actions.publish(outputs));
  if (stopped?.aborted) throw new Interrupted('Stopped before the gateway was connected');
  progress.note(await actions.connect(outputs));
  const live = liveLine({
    environment: outputs.environment,
    stacks: total,
    changed: changed.length,
    releases: changed.length > 0 ? await releasesOf(actions, progress) : [],
    storefront: { number: storefront.live.number, isNew: storefront.isNew },
    url: outputs.storefrontUrl,
  });
  return { outputs, live };
}

/** All is live by now: a reading that fails takes nothing of it back. */
async function releasesOf(
  { releases }: BringUpActions,
  progress: Progress,
): Promise<readonly DeploymentRow[]> {
  try {
    return await releases();
  } catch (error) {
    progress.note(`Which versions came cannot be read: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}
