import { type DrillRecord, readDrillRecords } from '../../drills/record.js';
import type { DrillRow } from '../snapshot.js';
import { isAlive } from './alive.js';

const SHOWN = 6;

/** The drills of an environment that this machine has run or runs, the youngest first. */
export const readDrills = (directory: string, environment: string): DrillRow[] =>
  readDrillRecords(directory)
    .filter((record) => record.environment === environment)
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, SHOWN)
    .map((record) => drillRow(record, isAlive));

/** @param alive Whether a process still runs: one that was killed could not write that its drill is over. */
export function drillRow(
  { name, summary, startedAt, endedAt, verdict, pid }: DrillRecord,
  alive: (pid: number) => boolean,
): DrillRow {
  const runs = endedAt === undefined && alive(pid);
  return {
    name,
    summary,
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    state: runs ? 'running' : stateOf(verdict),
    ...(verdict && !verdict.passed && { finding: verdict.sentence }),
  };
}

const stateOf = (verdict: DrillRecord['verdict']) =>
  verdict ? (verdict.passed ? 'passed' : 'failed') : 'broken off';
