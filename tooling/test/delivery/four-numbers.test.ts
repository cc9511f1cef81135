import { describe, expect, it } from 'vitest';
import { fourNumbers } from '../../src/delivery/four-numbers.js';
import { metricsTable } from '../../src/delivery/numbers-table.js';
import type { RollbackRecord } from '../../src/delivery/rollback-record.js';
import type { RunRecord } from '../../src/delivery/run-record.js';

const now = new Date('2026-06-30T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

/** A run that was committed, began and ended so many minutes ago. */
const run = (
  committed: number,
  started: number,
  ended: number,
  more: Partial<RunRecord> = {},
): RunRecord => ({
  id: `run-${ended}`,
  commit: 'c0ffee',
  committedAt: minutesAgo(committed),
  startedAt: minutesAgo(started),
  endedAt: minutesAgo(ended),
  gates: [prodDeploy(ended + 4)],
  passed: ['build', 'dev', 'staging', 'approval', 'prod'],
  verdict: { kind: 'released' },
  ...more,
});

const prodDeploy = (started: number): RunRecord['gates'][number] => ({
  stage: 'prod',
  job: 'deploy',
  gate: 'deploy',
  startedAt: minutesAgo(started),
  seconds: 60,
  opened: true,
});

const stopped = (takenBack?: string): RunRecord['verdict'] => ({
  kind: 'stopped',
  stage: 'prod',
  why: 'an alarm rang',
  ...(takenBack !== undefined && { takenBack }),
});
const numbers = (...runs: RunRecord[]) => withRollbacks([], ...runs);
const withRollbacks = (rollbacks: RollbackRecord[], ...runs: RunRecord[]) =>
  fourNumbers({ runs, rollbacks }, { days: 10, now });

/** A rollback of prod that began and ended so many minutes ago. */
const rollback = (started: number, ended: number, more: Partial<RollbackRecord> = {}): RollbackRecord => ({
  environment: 'prod',
  release: 'a1',
  startedAt: minutesAgo(started),
  endedAt: minutesAgo(ended),
  back: true,
  ...more,
});

describe('the four numbers', () => {
  it('are unknown where nothing was released', () => {
    expect(numbers()).toEqual({
      deployments: 0,
      perDay: 0,
      leadTime: undefined,
      changeFailureRate: undefined,
      timeToRestore: undefined,
    });
  });

  it('count lead time from the commit, as the median', () => {
    const released = [run(70, 60, 50), run(40, 36, 30), run(100, 28, 20)];

    expect(numbers(...released)).toMatchObject({ deployments: 3, perDay: 0.3, leadTime: 20 * 60_000 });
  });

  it('count no failure that never reached prod', () => {
    const inStaging = run(40, 36, 30, { gates: [], verdict: stopped() });

    expect(numbers(inStaging, run(20, 18, 10))).toMatchObject({ deployments: 1, changeFailureRate: 0 });
  });

  it('count no run that is still on the road', () => {
    const running = {
      kind: 'running',
      pid: 1,
      stage: 'prod',
      job: 'test',
      gate: 'alarms',
      since: '',
    } as const;

    expect(numbers(run(40, 36, 30, { verdict: running }), run(20, 18, 10))).toMatchObject({
      deployments: 1,
      changeFailureRate: 0,
    });
  });

  it('count what was taken back as a failure, restored when prod ran the older release again', () => {
    const failed = run(60, 50, 30, { verdict: stopped('prod runs release a1 again') });

    expect(withRollbacks([rollback(32, 31)], failed, run(20, 18, 10))).toMatchObject({
      changeFailureRate: 0.5,
      timeToRestore: 3 * 60_000,
    });
  });

  it('count no restoration where prod could not be brought back', () => {
    const failed = run(60, 50, 30, { verdict: stopped('prod could not go back to release a1') });

    expect(withRollbacks([rollback(32, 31, { back: false })], failed).timeToRestore).toBeUndefined();
    expect(withRollbacks([rollback(32, 31, { environment: 'dev' })], failed).timeToRestore).toBeUndefined();
  });

  it('count a release that arrived and that somebody rolled back as a failure', () => {
    const bad = run(70, 60, 50, { release: 'b2' });

    expect(withRollbacks([rollback(40, 38)], bad, run(20, 18, 10, { release: 'c3' }))).toMatchObject({
      deployments: 2,
      changeFailureRate: 0.5,
      // Its `deploy` in prod began 54 minutes ago.
      timeToRestore: 16 * 60_000,
    });
  });

  it('blame no release for a rollback that the next one needed', () => {
    const good = run(70, 60, 50, { release: 'b2' });
    const failed = run(40, 36, 20, { release: 'c3', verdict: stopped('prod runs release b2 again') });

    expect(withRollbacks([rollback(22, 21, { release: 'b2' })], good, failed)).toMatchObject({
      changeFailureRate: 0.5,
      timeToRestore: 3 * 60_000,
    });
  });

  it('count until the next release where nothing was taken back, and nothing where none came', () => {
    const failed = run(60, 50, 30, { verdict: stopped() });

    expect(numbers(failed, run(20, 18, 10)).timeToRestore).toBe(24 * 60_000);
    expect(numbers(failed).timeToRestore).toBeUndefined();
  });

  it('leave out what ended before the window', () => {
    expect(numbers(run(20_000, 19_000, 15_000)).deployments).toBe(0);
  });

  it('are shown as people read them', () => {
    const failed = run(60, 50, 30, { verdict: stopped('prod runs release a1 again') });

    expect(metricsTable(withRollbacks([rollback(32, 30)], failed, run(130, 18, 10))).split('\n')).toEqual([
      '  lead time for changes    2.0 h',
      '  deployment frequency     1 (0.1 a day)',
      '  change failure rate      50 %',
      '  time to restore          4.0 min',
    ]);
  });
});
