import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/laptop/record.js';
import { fourNumbers } from '../../src/metrics/four-numbers.js';
import { metricsTable } from '../../src/metrics/table.js';

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
const numbers = (...records: RunRecord[]) => fourNumbers(records, { days: 10, now });

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

  it('count what was taken back as a failure, restored at the end of its run', () => {
    const failed = run(60, 50, 30, { verdict: stopped('prod runs release a1 again') });

    expect(numbers(failed, run(20, 18, 10))).toMatchObject({
      changeFailureRate: 0.5,
      timeToRestore: 4 * 60_000,
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

    expect(metricsTable(numbers(failed, run(130, 18, 10))).split('\n')).toEqual([
      '  lead time for changes    2.0 h',
      '  deployment frequency     1 (0.1 a day)',
      '  change failure rate      50 %',
      '  time to restore          4.0 min',
    ]);
  });
});
