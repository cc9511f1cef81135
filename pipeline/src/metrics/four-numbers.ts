import type { RunRecord } from '../laptop/record.js';

/** How delivery does: https://dora.dev/guides/dora-metrics-four-keys/. Spans are milliseconds. */
export interface FourNumbers {
  /** Releases that arrived in prod. */
  readonly deployments: number;
  /** Of them, per day of the window. */
  readonly perDay: number;
  /** From the commit until it served customers; the median. Undefined where nothing arrived. */
  readonly leadTime: number | undefined;
  /** Share of the releases that reached prod and had to go back. Undefined where none reached it. */
  readonly changeFailureRate: number | undefined;
  /** From the beginning of such a deployment until prod was well again; the median. Undefined where none failed. */
  readonly timeToRestore: number | undefined;
}

export interface Window {
  readonly days: number;
  readonly now: Date;
}

const DAY = 86_400_000;

/** The numbers of the runs that ended within the last days. */
export function fourNumbers(records: readonly RunRecord[], { days, now }: Window): FourNumbers {
  const since = now.getTime() - days * DAY;
  const inWindow = records
    .filter(({ verdict }) => verdict.kind !== 'running')
    .filter(({ endedAt }) => Date.parse(endedAt) >= since && Date.parse(endedAt) <= now.getTime())
    .toSorted((a, b) => a.endedAt.localeCompare(b.endedAt));
  const arrived = inWindow.filter(isReleased);
  const reached = inWindow.filter((record) => deployInProd(record) !== undefined);
  const failed = reached.filter((record) => !isReleased(record));
  return {
    deployments: arrived.length,
    perDay: arrived.length / days,
    leadTime: median(
      arrived.map(({ committedAt, endedAt }) => Date.parse(endedAt) - Date.parse(committedAt)),
    ),
    changeFailureRate: reached.length === 0 ? undefined : failed.length / reached.length,
    timeToRestore: median(failed.flatMap((record) => restoredAfter(record, inWindow))),
  };
}

const isReleased = ({ verdict }: RunRecord) => verdict.kind === 'released';

const deployInProd = ({ gates }: RunRecord) =>
  gates.find(({ stage, gate }) => stage === 'prod' && gate === 'deploy');

/** Prod was well again when the run had taken itself back, or else with the next release; empty where neither was. */
function restoredAfter(failed: RunRecord, records: readonly RunRecord[]): number[] {
  const { verdict, endedAt } = failed;
  const begun = deployInProd(failed)?.startedAt ?? failed.startedAt;
  const ownEnd = verdict.kind === 'stopped' && verdict.takenBack !== undefined ? endedAt : undefined;
  const next = records.find((record) => isReleased(record) && record.endedAt > endedAt)?.endedAt;
  const restored = ownEnd ?? next;
  return restored === undefined ? [] : [Date.parse(restored) - Date.parse(begun)];
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? upper) + upper) / 2;
}
