import { describe, expect, it } from 'vitest';
import type {
  DrillOrder,
  FunctionRelease,
  Observation,
  OrdersObservation,
} from '../../src/drills/observation.js';
import { judge } from '../../src/drills/verdict/judge.js';
import { verdictOf } from '../../src/drills/verdict/verdict.js';
import { begun, calm, drillNamed, observation, request, takenBack } from './builders.js';

const broken = (name: Parameters<typeof drillNamed>[0], seen: Observation) =>
  judge(drillNamed(name), seen).findings.flatMap(({ holds, claim }) => (holds ? [] : [claim]));

describe('a bad release', () => {
  it('passes when the alarm takes it back in time', () => {
    const { passed, numbers } = judge(drillNamed('bad-release'), observation());

    expect(passed).toBe(true);
    expect(numbers).toMatchObject({
      byNew: 1,
      failed: 1,
      harmed: 1,
      toDetect: 990,
      toRestore: 1_490,
      exposed: 0,
      allowedExposure: 9_000,
    });
  });

  it('fails when the new version still answers after two periods and five seconds', () => {
    const first = request(4_500, { status: 500, version: '2' });
    const inTime = request(13_500, { status: 500, version: '2' });
    const late = request(13_501, { status: 500, version: '2' });

    expect(broken('bad-release', observation({ requests: [...calm(14), first, inTime] }))).toEqual([]);
    expect(broken('bad-release', observation({ requests: [...calm(14), first, late] }))).toEqual([
      'nothing of the new version later than 9.0 s after its first harm',
    ]);
  });

  it('fails when more are harmed than chance and the weight allow', () => {
    const harmed = (count: number) =>
      Array.from({ length: count }, (_, index) => request(4_000 + index, { status: 500, version: '2' }));
    const seen = (count: number) => observation({ requests: [...calm(14), ...harmed(count)] });

    expect(judge(drillNamed('bad-release'), seen(30)).passed).toBe(true);
    expect(broken('bad-release', seen(60))).toEqual([
      expect.stringContaining('of the requests of that time are harmed'),
    ]);
  });

  it('fails when nobody met the new version, as then nothing was shown', () => {
    expect(broken('bad-release', observation({ requests: calm(12) }))).toHaveLength(2);
  });

  it('fails when the old version fails too', () => {
    const requests = [...observation().requests, request(9_000, { status: 500 })];

    expect(broken('bad-release', observation({ requests }))).toEqual(['no request fails for another reason']);
  });

  it('counts a request that got no answer, and that no log knows, as harmed', () => {
    const requests = [...observation().requests, request(4_600, { status: 0, version: undefined })];

    expect(judge(drillNamed('bad-release'), observation({ requests })).numbers.harmed).toBe(2);
  });

  it('fails when something else than the alarm ended it', () => {
    const refused: FunctionRelease = {
      ...takenBack,
      deployments: [{ id: 'd-1', status: 'Failed', error: 'HOOK_EXECUTION_FAILURE', isRollback: false }],
    };

    expect(broken('bad-release', observation({ releases: [refused] }))).toEqual([
      'catalog/api end as Stopped, ALARM_ACTIVE',
    ]);
  });
});

describe('a slow release', () => {
  const slow = (latencyMs: number) => request(4_500, { version: '2', latencyMs });

  it('harms those who wait longer than the limit', () => {
    const seen = (latencyMs: number) =>
      judge(drillNamed('slow-release'), observation({ requests: [...calm(12), slow(latencyMs)] })).numbers;

    expect(seen(1_000).harmed).toBe(1);
    expect(seen(999).harmed).toBe(0);
  });

  it('fails when the new version was not five times as slow, as then it tried something else', () => {
    const requests = [...calm(12).map((each) => ({ ...each, latencyMs: 400 })), slow(1_500)];

    expect(broken('slow-release', observation({ requests }))).toEqual([
      "the new version's slowest per cent waits at least five times as long",
    ]);
  });
});

describe('a wrong answer', () => {
  const [before] = takenBack.aliasStates;
  const refused: FunctionRelease = {
    ...takenBack,
    aliasStates: before ? [before] : [],
    alarms: [],
    deployments: [{ id: 'd-1', status: 'Failed', error: 'HOOK_EXECUTION_FAILURE', isRollback: false }],
  };

  it('passes when its release check refuses it and nobody meets it', () => {
    const seen = observation({ requests: calm(12), releases: [refused] });

    expect(judge(drillNamed('wrong-answer'), seen).passed).toBe(true);
  });

  it('fails when one person was answered by it, however politely', () => {
    const requests = [...calm(12), request(4_500, { version: '2' })];

    expect(broken('wrong-answer', observation({ requests, releases: [refused] }))).toEqual([
      'nobody who looks at the shop is harmed',
    ]);
  });
});

describe('a good release', () => {
  const live: FunctionRelease = {
    ...takenBack,
    aliasStates: [
      { at: begun, version: '1', weights: {} },
      { at: begun + 4_000, version: '2', weights: {} },
    ],
    alarms: [],
    deployments: [{ id: 'd-1', status: 'Succeeded', error: undefined, isRollback: false }],
  };

  it('passes when it goes live and nobody is harmed', () => {
    const requests = [...calm(12), request(4_500, { version: '2' })];

    expect(broken('good-release', observation({ requests, releases: [live] }))).toEqual([]);
  });

  it('fails when it is taken back, and when one request fails', () => {
    expect(broken('good-release', observation({ requests: calm(12) }))).toHaveLength(2);
    const requests = [...calm(12), request(4_500, { version: '2', status: 500 })];
    expect(broken('good-release', observation({ requests, releases: [live] }))).toEqual([
      'nobody who looks at the shop is harmed',
    ]);
  });
});

describe('a bad task with orders in flight', () => {
  const task = (name: string, faults: readonly number[], error = 'ALARM_ACTIVE'): FunctionRelease => ({
    ...takenBack,
    function: `payments/${name}`,
    deployments: [{ id: 'd-1', status: 'Stopped', error, isRollback: false }],
    faults: faults.map((after) => begun + after),
  });
  const order: DrillOrder = {
    orderId: 'ord_1',
    placedAt: begun,
    settledAt: begun + 3_000,
    status: 'confirmed',
    contradictions: [],
  };
  const orders: OrdersObservation = {
    orders: [order],
    notTaken: [],
    sku: 'MUG-ROLLBACK',
    unitsBefore: 5,
    unitsAfter: 4,
  };
  const seen = (more: Partial<OrdersObservation> = {}, faults: readonly number[] = [4_500]) =>
    observation({
      requests: calm(12),
      releases: [task('authorise', [], 'MANUAL_STOP'), task('capture', faults)],
      orders: { ...orders, ...more },
    });

  it('passes when one alarm takes all of it back and every order ends well', () => {
    expect(broken('bad-saga-task', seen())).toEqual([]);
    expect(judge(drillNamed('bad-saga-task'), seen()).numbers).toMatchObject({ toDetect: 1_000, faults: 1 });
  });

  it('fails when its faults go on, or were never met', () => {
    expect(broken('bad-saga-task', seen({}, [4_500, 13_501]))).toEqual([
      'nothing of the new version later than 9.0 s after its first harm',
    ]);
    expect(broken('bad-saga-task', seen({}, []))).toHaveLength(2);
  });

  it.each<[string, Partial<OrdersObservation>, string]>([
    ['was not taken', { notTaken: ['503'] }, 'people ordered, and every order was taken'],
    ['stands still', { orders: [{ ...order, settledAt: undefined }] }, 'no order stands still'],
    [
      'is refused',
      { orders: [{ ...order, status: 'refused' }], unitsAfter: 5 },
      'every order is confirmed, as its card pays',
    ],
    [
      'is paid twice',
      { orders: [{ ...order, contradictions: ['it was paid 2 times'] }] },
      'order, reservation, ledger and gateway agree: one captured payment each',
    ],
    ['has lost a unit', { unitsAfter: 3 }, 'the stock of MUG-ROLLBACK and what was sold of it add up'],
  ])('fails when an order %s', (_, more, claim) => {
    expect(broken('bad-saga-task', seen(more))).toEqual([claim]);
  });
});

describe('the control', () => {
  const control = drillNamed('control');

  it('passes when nothing stopped the bad release and the judge says so', () => {
    const requests = [
      ...calm(16),
      ...[4_500, 15_000].map((at) => request(at, { status: 500, version: '2' })),
    ];
    const unwatched = { ...takenBack, deployments: [], alarms: [] };

    const verdict = verdictOf(control, judge(control, observation({ requests, releases: [unwatched] })));

    expect(verdict.passed).toBe(true);
  });

  it('fails when the judge is content, and when the release ended for a reason that is not its alarms', () => {
    expect(verdictOf(control, judge(control, observation())).passed).toBe(false);
    const neverReleased = observation({ requests: calm(12), releases: [{ ...takenBack, deployments: [] }] });
    expect(verdictOf(control, judge(control, neverReleased)).passed).toBe(false);
  });
});
