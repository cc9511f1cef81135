import { type cloudPlace, type RunningCloud, startCloud } from '@shipline/local-cloud';
import type { Progress } from '../progress.js';

/** Starts the local cloud unless it runs; it stays when this command ends. */
export function ensureCloud(
  { port, stateDir }: ReturnType<typeof cloudPlace>,
  progress: Progress,
): Promise<RunningCloud> {
  return startCloud({ port, stateDir, detached: true, log: progress.note });
}
