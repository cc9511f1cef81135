import { describe, expect, it } from 'vitest';
import { alarmRow } from '../../src/releases/alarms.js';

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
