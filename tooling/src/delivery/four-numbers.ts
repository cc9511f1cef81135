import type { Deliveries } from './rollback-record.js';
import type { RunRecord } from './run-record.js';

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
export function fourNumbers({ runs, rollbacks }: Deliveries, { days, now }: Window): FourNumbers {
  const since = now.getTime() - days * DAY;
  const inWindow = runs
    .filter(({ verdict }) => verdict.kind !== 'running')
    .filter(({ endedAt }) => Date.parse(endedAt) >= since && Date.parse(endedAt) <= now.getTime())
    .toSorted((a, b) => a.endedAt.localeCompare(b.endedAt));
  const arrived = inWindow.filter(isReleased);
  const reached = inWindow.filter((run) => deployInProd(run) !== undefined);
  const inProd = rollbacks.filter(({ environment, back }) => environment === 'prod' && back);
  const deliveries = { runs: reached, rollbacks: inProd };
  const failed = reached.filter((run) => !isReleased(run) || rolledBack(run, deliveries));
  return {
    deployments: arrived.length,
    perDay: arrived.length / days,
    leadTime: median(
      arrived.map(({ committedAt, endedAt }) => Date.parse(endedAt) - Date.parse(committedAt)),
    ),
    changeFailureRate: reached.length === 0 ? undefined : failed.length / reached.length,
    timeToRestore: median(failed.flatMap((run) => restoredAfter(run, deliveries))),
  };
}

const isReleased = ({ verdict }: RunRecord) => verdict.kind === 'released';

const deployInProd = ({ gates }: RunRecord) =>
  gates.find(({ stage, gate }) => stage === 'prod' && gate === 'deploy');

const begun = (run: RunRecord) => deployInProd(run)?.startedAt ?? run.startedAt;

/** Whether somebody brought prod back from a release that had arrived, before the next one came that far. */
function rolledBack(run: RunRecord, { runs, rollbacks }: Deliveries): boolean {
  const next = runs.find((other) => begun(other) > run.endedAt);
  return rollbacks.some(
    ({ release, startedAt }) =>
      release !== run.release && startedAt >= run.endedAt && (!next || startedAt < begun(next)),
  );
}

/** Prod was well again when it ran an older release, or with the next one that arrived; empty where neither was. */
function restoredAfter(failed: RunRecord, { runs, rollbacks }: Deliveries): number[] {
  const since = begun(failed);
  const broughtBack = rollbacks.filter(
    ({ release, startedAt }) => release !== failed.release && startedAt > since,
  );
  const arrived = runs.filter((run) => isReleased(run) && run.endedAt > failed.endedAt);
  const restored = [...broughtBack, ...arrived].map(({ endedAt }) => endedAt).sort()[0];
  return restored === undefined ? [] : [Date.parse(restored) - Date.parse(since)];
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? upper) + upper) / 2;
}
