import { expect, it } from 'vitest';
import type { EventBus, Published } from '../src/event-bus.js';
import { type OutgoingEvent, outgoing } from '../src/outgoing-event.js';
import { patientBus } from '../src/patient-bus.js';
import { inScope } from '../src/scope.js';
import { parcelSent } from './builders.js';

const events = ['a', 'b', 'c'].map((id) =>
  outgoing(parcelSent, {
    id,
    subject: id,
    time: '2026-01-01T00:00:00.000Z',
    correlationId: 'correlation-1',
    data: { parcelId: id },
  }),
);
const failure = new Error('The bus is out of order');

/** A bus that does each time what `reactions` say, and then takes everything; its clock runs while it is waited for. */
function setup(...reactions: Published[]) {
  const taken: string[] = [];
  const waits: number[] = [];
  let now = 0;
  const bus: EventBus = {
    publish: async (wanted: readonly OutgoingEvent[]) => {
      const reaction = reactions.shift() ?? { count: wanted.length };
      taken.push(...wanted.slice(0, reaction.count).map(({ envelope }) => envelope.id));
      return reaction;
    },
  };
  const patient = patientBus(bus, async (milliseconds) => {
    waits.push(milliseconds);
    now += milliseconds;
  });
  const publish = (lambdaMs = 60_000) =>
    inScope({ correlationId: 'correlation-1', annotations: {}, remainingMs: () => lambdaMs - now }, () =>
      patient.publish(events),
    );
  return { publish, taken, waits };
}

it('does not wait for a bus that works', async () => {
  const { publish, waits, taken } = setup();

  expect(await publish()).toEqual({ count: 3 });
  expect(taken).toEqual(['a', 'b', 'c']);
  expect(waits).toEqual([]);
});

it('goes on behind what the bus has taken, and waits longer each time', async () => {
  const { publish, waits, taken } = setup(
    { count: 1, failure },
    { count: 0, failure },
    { count: 1, failure },
  );

  expect(await publish()).toEqual({ count: 3 });
  expect(taken).toEqual(['a', 'b', 'c']);
  expect(waits).toEqual([250, 500, 1_000]);
});

it('leaves an outage that outlasts the invocation to the stream, and says how far it got', async () => {
  const { publish, waits } = setup(
    { count: 1, failure },
    ...Array<Published>(50).fill({ count: 0, failure }),
  );

  expect(await publish()).toEqual({ count: 1, failure });
  const waited = waits.reduce((sum, wait) => sum + wait, 0);
  expect(Math.max(...waits)).toBe(8_000);
  // Half a second for the end of the invocation, 5 s for a last call, and less than one more wait.
  expect(60_000 - waited).toBeGreaterThanOrEqual(5_500);
  expect(60_000 - waited).toBeLessThan(5_500 + 8_000);
});

it('does not wait for what the bus will never take', async () => {
  const { publish, waits } = setup({ count: 2, failure, permanent: true });

  expect(await publish()).toEqual({ count: 2, failure, permanent: true });
  expect(waits).toEqual([]);
});
