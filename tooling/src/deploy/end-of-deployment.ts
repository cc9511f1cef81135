import { INTERRUPTED } from '../cli.js';
import type { Deployed } from './bring-up.js';

export interface EndOfDeployment {
  readonly say: (line: string) => void;
  /** Fills the shelves; only the laptop's deployment does. */
  readonly seed: (() => Promise<void>) | undefined;
  /** Ctrl-C. */
  readonly stopped: AbortSignal;
}

/**
 * What is left once all is live. After Ctrl-C nothing more is begun, and what is live is said all the same.
 * @returns the exit code.
 */
export async function endDeployment(
  { live }: Pick<Deployed, 'live'>,
  { say, seed, stopped }: EndOfDeployment,
): Promise<number> {
  const seeds = stopped.aborted ? undefined : seed;
  await seeds?.();
  if (stopped.aborted)
    say(`\nStopped${seed && !seeds ? ' before the shelves were filled (`pnpm seed`)' : ''}.`);
  say(`\n${live}`);
  return stopped.aborted ? INTERRUPTED : 0;
}
