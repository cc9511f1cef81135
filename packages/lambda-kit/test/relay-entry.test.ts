import { lambdaContext, recordingLogger, streamEvent } from '@shipline/testing';
import { expect, it } from 'vitest';
import type { EventBus } from '../src/event-bus.js';
import { type OutgoingEvent, outgoing } from '../src/outgoing-event.js';
import { relayEntry, type ToEvent } from '../src/relay-entry.js';
import { parcelSent } from './builders.js';

/** A bus that takes events until its limit. */
class LimitedBus implements EventBus {
  readonly taken: OutgoingEvent[] = [];
  constructor(private limit = Number.POSITIVE_INFINITY) {}

  async publish(events: readonly OutgoingEvent[]) {
    const accepted = events.slice(0, this.limit);
    this.taken.push(...accepted);
    if (accepted.length === events.length) return { count: accepted.length };
    return { count: accepted.length, failure: new Error('The bus is full') };
  }
}

const toEvent: ToEvent = (newImage) => {
  const { id, kind, copies = 1 } = newImage as { id: string; kind?: string; copies?: number };
  if (kind === 'quiet') return undefined;
  if (kind === 'broken') throw new Error('No event can be made of this');
  return Array.from({ length: copies }, (_, index) =>
    outgoing(parcelSent, {
      id: `${id}#${index}`,
      subject: id,
      time: '2026-01-01T00:00:00.000Z',
      correlationId: 'correlation-1',
      data: { parcelId: id },
      traceHeader: 'Root=1-2-3',
    }),
  );
};

/** No time is left to wait for a bus that refuses. */
const nearlyOver = lambdaContext({ getRemainingTimeInMillis: () => 5_000 });

function setup(limit?: number) {
  const bus = new LimitedBus(limit);
  const logger = recordingLogger();
  const handler = relayEntry(toEvent, bus, { logger });
  const relay = (...items: Record<string, unknown>[]) =>
    handler(streamEvent(...items.map((newImage) => ({ newImage }))), nearlyOver);
  return { bus, logger, relay };
}

it('publishes one envelope per change that means something, in order', async () => {
  const { relay, bus, logger } = setup();

  expect(await relay({ id: 'a' }, { id: 'b', kind: 'quiet' }, { id: 'c', copies: 2 })).toEqual({
    batchItemFailures: [],
  });
  expect(bus.taken.map(({ envelope }) => envelope.id)).toEqual(['a#0', 'c#0', 'c#1']);
  expect(bus.taken[0]).toEqual({
    envelope: {
      specversion: '1.0',
      id: 'a#0',
      source: 'shipline.parcels',
      type: 'parcel.sent.v1',
      subject: 'a',
      time: '2026-01-01T00:00:00.000Z',
      correlationid: 'correlation-1',
      data: { parcelId: 'a' },
    },
    traceHeader: 'Root=1-2-3',
  });
  expect(logger.lines).toMatchObject([
    { level: 'info', message: 'relay', records: 3, published: 3, order_ids: 'a c' },
  ]);
});

it('shows both images of a change as plain objects', async () => {
  const seen: unknown[] = [];
  const record: ToEvent = (...images) => {
    seen.push(images);
    return undefined;
  };
  const handler = relayEntry(record, new LimitedBus(), { logger: recordingLogger() });
  await handler(streamEvent({ newImage: { n: 1 } }, { oldImage: { n: 1 } }), lambdaContext());

  expect(seen).toEqual([
    [{ n: 1 }, undefined],
    [undefined, { n: 1 }],
  ]);
});

it('has the stream repeat from the record whose event the bus did not take', async () => {
  const { relay, logger } = setup(2);

  expect(await relay({ id: 'a' }, { id: 'b', copies: 2 }, { id: 'c' })).toEqual({
    batchItemFailures: [{ itemIdentifier: '200' }],
  });
  expect(logger.lines).toMatchObject([
    {
      level: 'error',
      message: 'record failed',
      sequenceNumber: '200',
      error: { message: 'The bus is full' },
    },
    { level: 'info', published: 2 },
  ]);
});

it('waits for a bus that is out of order, and has the stream repeat nothing', async () => {
  const bus = new LimitedBus(1);
  const handler = relayEntry(toEvent, bus, { logger: recordingLogger() });
  const records = streamEvent({ newImage: { id: 'a' } }, { newImage: { id: 'b' } });

  expect(await handler(records, lambdaContext())).toEqual({ batchItemFailures: [] });
  expect(bus.taken.map(({ envelope }) => envelope.subject)).toEqual(['a', 'b']);
});

it('publishes what comes before a record that it cannot read, and nothing behind it', async () => {
  const { relay, bus } = setup();

  expect(await relay({ id: 'a' }, { id: 'b', kind: 'broken' }, { id: 'c' })).toEqual({
    batchItemFailures: [{ itemIdentifier: '200' }],
  });
  expect(bus.taken.map(({ envelope }) => envelope.subject)).toEqual(['a']);
});

it('fails the function where not even the first record got through', async () => {
  await expect(setup(0).relay({ id: 'a' }, { id: 'b' })).rejects.toThrow('The bus is full');
  await expect(setup().relay({ id: 'a', kind: 'broken' })).rejects.toThrow('No event can be made');
});

it('refuses to make an event that does not fit its schema', () => {
  const facts = { id: 'a', subject: 'a', time: '2026-01-01T00:00:00.000Z', correlationId: 'c' };

  expect(() => outgoing(parcelSent, { ...facts, data: { parcelId: 7 } as never })).toThrow();
});
