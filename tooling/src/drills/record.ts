import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** `record.json` in a drill's folder: kept from the drill's start on, so that others can see it run. */
const DrillRecord = z.object({
  name: z.string(),
  environment: z.string(),
  /** What is released, and what must come of it. */
  summary: z.string(),
  /** Milliseconds since the epoch, as `endedAt`. */
  startedAt: z.number(),
  /** The process that runs it. */
  pid: z.int(),
  endedAt: z.optional(z.number()),
  /** Absent where the drill ended before it was judged. */
  verdict: z.optional(z.object({ passed: z.boolean(), sentence: z.string() })),
});
export type DrillRecord = z.infer<typeof DrillRecord>;

const FILE = 'record.json';

/** Whole or not at all: a reader never sees half of it. */
export function writeDrillRecord(folder: string, record: DrillRecord): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** The records of all drills below `directory` that can be read; none where there is no such folder. */
export function readDrillRecords(directory: string): DrillRecord[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map((folder) => join(directory, folder, FILE))
    .filter((file) => existsSync(file))
    .flatMap((file) => recordIn(readFileSync(file, 'utf8')) ?? []);
}

/** Undefined for what another version wrote or a full disk cut: one drill must not hide the others. */
function recordIn(text: string): DrillRecord | undefined {
  try {
    return DrillRecord.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
