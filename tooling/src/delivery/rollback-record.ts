import { join } from 'node:path';
import * as z from 'zod/mini';
import { workDirectory } from '../paths.js';
import { keepRecord, type RunRecord, recordsIn } from './run-record.js';

/** An environment was brought back to an older release, by a person or by a run that took itself back. */
const RollbackRecord = z.object({
  environment: z.string(),
  release: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  /** Whether the environment runs that release now. */
  back: z.boolean(),
});
export type RollbackRecord = z.infer<typeof RollbackRecord>;

export const rollbacksFolder = join(workDirectory, 'pipeline/rollbacks');

export const keepRollback = (record: RollbackRecord, folder = rollbacksFolder) =>
  keepRecord(folder, `${record.startedAt.replaceAll(/[-:]/g, '')}-${record.environment}`, record);

/** Every rollback that this machine has seen, the oldest first. */
export const rollbacks = (folder = rollbacksFolder): RollbackRecord[] => recordsIn(folder, RollbackRecord);

/** What has happened to releases. */
export interface Deliveries {
  readonly runs: readonly RunRecord[];
  readonly rollbacks: readonly RollbackRecord[];
}

/** The release to go back to: the last one that stood every test of a stage, or that its environment was brought back to. */
export function lastGoodRelease(
  { runs, rollbacks }: Deliveries,
  { name, environment }: { readonly name: string; readonly environment?: string },
): string | undefined {
  const stood = runs
    .filter(({ passed }) => passed.includes(name))
    .map((run) => ({ release: run.release, at: leftAt(run, name) }));
  const broughtBack = rollbacks
    .filter((rollback) => rollback.back && rollback.environment === environment)
    .map(({ release, endedAt }) => ({ release, at: endedAt }));
  return [...stood, ...broughtBack].toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)?.release;
}

/** When its last gate in a stage had opened: somebody may have rolled back while it went on to the next. */
function leftAt({ gates, endedAt }: RunRecord, stageName: string): string {
  const last = gates.findLast(({ stage }) => stage === stageName);
  if (!last?.startedAt) return endedAt;
  return new Date(Date.parse(last.startedAt) + last.seconds * 1000).toISOString();
}
