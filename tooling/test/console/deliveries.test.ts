import { describe, expect, it } from 'vitest';
import { deliveryPanel } from '../../src/console/readers/deliveries.js';
import type { RollbackRecord } from '../../src/delivery/rollback-record.js';
import type { RunRecord } from '../../src/delivery/run-record.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const at = (minute: number) => new Date(noon + minute * 60_000).toISOString();
const ms = (minute: number) => noon + minute * 60_000;

const run = (started: number, verdict: RunRecord['verdict'], more: Partial<RunRecord> = {}): RunRecord => ({
  id: `run-${started}`,
  commit: 'c0ffee'.padEnd(40, '0'),
  committedAt: at(started - 1),
  startedAt: at(started),
  endedAt: at(started + 9),
  gates: [],
  passed: [],
  release: 'b2',
  verdict,
  ...more,
});
const rollback = (environment: string, started: number): RollbackRecord => ({
  environment,
  release: 'a1',
  startedAt: at(started),
  endedAt: at(started + 1),
  back: true,
});
const running = {
  kind: 'running',
  pid: 4711,
  stage: 'dev',
  job: 'test',
  gate: 'alarms',
  since: at(0),
} as const;
const panel = (runs: RunRecord[], rollbacks: RollbackRecord[] = [], alive = true) =>
  deliveryPanel({ runs, rollbacks }, new Date(ms(60)), () => alive);

describe('the deliveries of this machine', () => {
  it('have their numbers, and the youngest first', () => {
    const { numbers, days, rows } = panel([run(0, { kind: 'released' }), run(20, { kind: 'released' })]);

    expect({ days, deployments: numbers.deployments }).toEqual({ days: 30, deployments: 2 });
    expect(rows.map(({ startedAt }) => startedAt)).toEqual([ms(20), ms(0)]);
    expect(rows[0]).toEqual({
      name: 'c0ffee0',
      release: 'b2',
      state: 'released',
      startedAt: ms(20),
      endedAt: ms(29),
    });
  });

  it('say where a run is, and that it was broken off where its process is gone', () => {
    expect(panel([run(0, running)]).rows[0]).toMatchObject({ state: 'running', detail: 'dev · alarms' });
    expect(panel([run(0, running)]).rows[0]).not.toHaveProperty('endedAt');
    expect(panel([run(0, running)], [], false).rows[0]).toMatchObject({
      state: 'broken off',
      endedAt: ms(9),
    });
  });

  it('say why a run was stopped and what came of it, once', () => {
    const stopped = {
      kind: 'stopped',
      stage: 'dev',
      why: 'It is bad.\nSee the log.',
      takenBack: 'dev runs a1 again',
    } as const;

    expect(panel([run(0, stopped)], [rollback('dev', 5)]).rows).toEqual([
      expect.objectContaining({ state: 'stopped', detail: 'dev · It is bad. · dev runs a1 again' }),
    ]);
  });

  it('show what a person brought back, also while a run was on the road', () => {
    const { rows } = panel([run(0, { kind: 'released' })], [rollback('prod', 5), rollback('dev', 20)]);

    expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'dev rolled back',
      'prod rolled back',
      'c0ffee0 released',
    ]);
  });
});
