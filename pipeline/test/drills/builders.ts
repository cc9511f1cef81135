import { drills } from '../../src/drills/catalogue.js';
import type { Drill, DrillName } from '../../src/drills/drill.js';
import type { AnsweredRequest, FunctionRelease, Observation } from '../../src/drills/observation.js';

export const drillNamed = (name: DrillName): Drill => drills[name];

/** A moment so many milliseconds after the drill began. */
export const begun = Date.UTC(2026, 0, 1);

export const request = (after: number, more: Partial<AnsweredRequest> = {}): AnsweredRequest => ({
  id: `drill-${after}`,
  sentAt: begun + after,
  latencyMs: 10,
  status: 200,
  version: '1',
  ...more,
});

/** Twenty a second, all of them answered well by version 1. */
export const calm = (seconds: number): AnsweredRequest[] =>
  Array.from({ length: seconds * 20 }, (_, index) => request(index * 50));

/** The catalog's version 2 got a tenth at 4 s and was taken back by its alarm at 6 s. */
export const takenBack: FunctionRelease = {
  function: 'catalog/api',
  oldVersion: '1',
  newVersion: '2',
  aliasStates: [
    { at: begun, version: '1', weights: {} },
    { at: begun + 4_000, version: '1', weights: { '2': 0.1 } },
    { at: begun + 6_000, version: '1', weights: {} },
  ],
  alarms: [{ name: 'shipline-local-catalog-api-new-version-errors-2', at: begun + 5_500 }],
  deployments: [
    { id: 'd-1', status: 'Stopped', error: 'ALARM_ACTIVE', isRollback: false },
    { id: 'd-2', status: 'Succeeded', error: undefined, isRollback: true },
  ],
  faults: [],
};

export const observation = (more: Partial<Observation> = {}): Observation => ({
  drill: 'bad-release',
  environment: 'local',
  from: begun,
  to: begun + 12_000,
  releasedFrom: begun + 3_000,
  releasedTo: begun + 8_000,
  alarmPeriodSeconds: 2,
  weight: 0.1,
  lateMs: 1_000,
  requests: [...calm(12), request(4_500, { status: 500, version: '2' })],
  releases: [takenBack],
  orders: undefined,
  ...more,
});
