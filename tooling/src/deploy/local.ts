import { type cloudPlace, type RunningCloud, startCloud } from '@shipline/local-cloud';
import { unhurried } from '../dev/hurried.js';
import type { Progress } from '../progress.js';

/** Starts the local cloud unless it runs; it stays when this command ends. */
export async function ensureCloud(
  { port, stateDir }: ReturnType<typeof cloudPlace>,
  progress: Progress,
): Promise<RunningCloud> {
  const cloud = await startCloud({ port, stateDir, detached: true, log: progress.note });
  await unhurried(port);
  return cloud;
}
