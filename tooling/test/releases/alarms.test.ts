import { describe, expect, it } from 'vitest';
import { alarmRow, withoutParts } from '../../src/releases/alarms.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const prefix = 'shipline-local-';

describe('an alarm', () => {
  const alarm = {
    AlarmName: 'shipline-local-checkout-parked',
    StateValue: 'ALARM',
    StateReason: 'two of two',
  } as const;

  it('says what users feel and where to begin, as its description does', () => {
    const AlarmDescription = 'A customer waits. Runbook: docs/runbooks/orders-in-review.md';
    const StateTransitionedTimestamp = new Date(noon);
    const StateUpdatedTimestamp = new Date(noon + 5000);

    expect(
      alarmRow({ ...alarm, AlarmDescription, StateTransitionedTimestamp, StateUpdatedTimestamp }, prefix),
    ).toEqual({
      name: 'checkout-parked',
      state: 'ALARM',
      since: noon,
      userImpact: 'A customer waits.',
      runbook: 'docs/runbooks/orders-in-review.md',
      reason: 'two of two',
    });
  });

  it('without a runbook keeps all of its description', () => {
    const row = alarmRow({ ...alarm, AlarmDescription: 'Made by hand.' }, prefix);

    expect(row.userImpact).toBe('Made by hand.');
    expect(row).not.toHaveProperty('runbook');
  });
});

describe('a window of a burn rate', () => {
  const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:100000000001:alarm:${name}`;
  const rule = (...names: string[]) => ({ AlarmRule: names.map((name) => `ALARM("${name}")`).join(' AND ') });
  const named = (AlarmName: string, ...AlarmActions: string[]) => ({ AlarmName, AlarmActions });
  const left = (alarms: ReturnType<typeof named>[], ...rules: { AlarmRule: string }[]) =>
    withoutParts(alarms, rules).map(({ AlarmName }) => AlarmName);

  it('is no alarm of its own, whether the composite names it or its ARN', () => {
    const alarms = [named('burn-1h'), named('burn-5m'), named('burn-30m')];

    expect(left(alarms, rule(arn('burn-1h'), 'burn-5m'), { AlarmRule: 'NOT OK( burn-30m )' })).toEqual([]);
  });

  it('differs from what rings by itself, and from what no composite names', () => {
    const alarms = [named('burn-1h', 'topic'), named('checkout-release-failures-3'), named('burn-1')];

    expect(left(alarms, rule(arn('burn-1h'), arn('burn-10')))).toEqual(
      alarms.map(({ AlarmName }) => AlarmName),
    );
  });
});
