import type { Progress } from '@shipline/tooling/progress';
import { GateShut } from '../gates/gate.js';
import { inParallel } from './in-parallel.js';
import type { ReleasedStack } from './released-stacks.js';

/** How many stacks CloudFormation works on at a time. */
const atATime = 4;

export interface Wave {
  readonly stacks: readonly ReleasedStack[];
  /** What must be done when all of it is deployed, before the next. */
  readonly afterwards?: () => Promise<void>;
}

/** @returns whether anything was executed. */
export type DeployStack = (stack: ReleasedStack) => Promise<boolean>;

/**
 * Deploys wave after wave. What fails lets its neighbours end, and stops all that is still pending.
 * @returns ids of the stacks that were changed.
 * @throws {GateShut} saying what failed and what is live now.
 */
export async function deployWaves(
  waves: readonly Wave[],
  deployStack: DeployStack,
  progress: Progress,
): Promise<string[]> {
  const changed: string[] = [];
  const done: string[] = [];
  for (const [number, { stacks, afterwards }] of waves.entries()) {
    const results = await inParallel(atATime, stacks, async (stack) => {
      if (await deployStack(stack)) {
        changed.push(stack.id);
        progress.note(`${stack.stackName} is deployed`);
      }
      done.push(stack.id);
    });
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length > 0) {
      const pending = waves.slice(number + 1).flatMap((wave) => wave.stacks);
      throw stopped(failures, done, pending);
    }
    await afterwards?.();
  }
  return changed;
}

function stopped(failures: readonly unknown[], done: readonly string[], pending: readonly ReleasedStack[]) {
  const reasons = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
  const live = done.length > 0 ? `live from this release: ${done.join(', ')}` : 'nothing of it is live';
  const rest = pending.length > 0 ? `; not begun: ${pending.map(({ id }) => id).join(', ')}` : '';
  const sentence = `${reasons.map((reason) => reason.replace(/\.$/, '')).join('. ')}. The release stops; ${live}${rest}.`;
  return new GateShut(sentence, { cause: failures[0] });
}
