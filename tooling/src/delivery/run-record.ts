import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { workDirectory } from '../paths.js';

const GateRecord = z.object({
  stage: z.string(),
  job: z.string(),
  gate: z.string(),
  /** ISO 8601; absent in the records of older versions. */
  startedAt: z.optional(z.string()),
  /** Seconds. */
  seconds: z.number(),
  opened: z.boolean(),
});
export type GateRecord = z.infer<typeof GateRecord>;

/** One journey of a commit along the road, as far as it came. Times are ISO 8601. */
export const RunRecord = z.object({
  id: z.string(),
  commit: z.string(),
  committedAt: z.string(),
  startedAt: z.string(),
  /** While it is on the road: when it was last heard of. */
  endedAt: z.string(),
  gates: z.array(GateRecord),
  /** Stages that it has left behind. */
  passed: z.array(z.string()),
  /** Id of what was built; absent where nothing was. */
  release: z.optional(z.string()),
  verdict: z.discriminatedUnion('kind', [
    /** It passes this gate, in this process; one that was killed could not write more. */
    z.object({
      kind: z.literal('running'),
      pid: z.int(),
      stage: z.string(),
      job: z.string(),
      gate: z.string(),
      since: z.string(),
    }),
    z.object({ kind: z.literal('released') }),
    /** Environments that the release had reached got their last good release back. */
    z.object({
      kind: z.literal('stopped'),
      stage: z.string(),
      why: z.string(),
      takenBack: z.optional(z.string()),
    }),
  ]),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const runsFolder = join(workDirectory, 'pipeline/runs');

export const keep = (record: RunRecord, folder = runsFolder) => keepRecord(folder, record.id, record);

/** Whole or not at all: a reader never sees half of it. */
export function keepRecord(folder: string, name: string, record: unknown): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** What became of a run whose process is gone without a word; undefined for any other. */
export function brokenOff(record: RunRecord): RunRecord | undefined {
  const { verdict, gates } = record;
  if (verdict.kind !== 'running') return undefined;
  const { stage, job, gate, since, pid } = verdict;
  const seconds = (Date.parse(record.endedAt) - Date.parse(since)) / 1000;
  return {
    ...record,
    gates: [...gates, { stage, job, gate, startedAt: since, seconds, opened: false }],
    verdict: { kind: 'stopped', stage, why: `Process ${pid} was killed while the gate \`${gate}\` ran.` },
  };
}

/** Every run that this machine has seen, the oldest first. */
export const runs = (folder = runsFolder): RunRecord[] => recordsIn(folder, RunRecord);

/** The oldest first. */
export const recordsIn = <T extends { readonly startedAt: string }>(
  folder: string,
  schema: z.ZodMiniType<T>,
): T[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => schema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
        .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    : [];
