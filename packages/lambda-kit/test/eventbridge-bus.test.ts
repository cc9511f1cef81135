import type { PutEventsCommand, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks, eventBridgeBus, sizeOf } from '../src/eventbridge-bus.js';
import { outgoing } from '../src/outgoing-event.js';
import { parcelSent } from './builders.js';

const event = (id: string, traceHeader?: string) =>
  outgoing(parcelSent, {
    id,
    subject: id,
    time: '2026-01-01T00:00:00.000Z',
    correlationId: 'correlation-1',
    data: { parcelId: id },
    traceHeader,
  });

function setup(reply: (entries: PutEventsRequestEntry[]) => unknown = () => ({})) {
  const calls: PutEventsRequestEntry[][] = [];
  const send = async ({ input }: PutEventsCommand) => {
    const entries = input.Entries ?? [];
    calls.push(entries);
    return reply(entries);
  };
  return { calls, bus: eventBridgeBus('shop-bus', { send } as never) };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => event(`p${index}`));

describe('The bus', () => {
  it('gets the whole envelope and the trace of whoever caused it', async () => {
    const { bus, calls } = setup();

    expect(await bus.publish([event('p1', 'Root=1-2-3'), event('p2')])).toEqual({ count: 2 });
    expect(calls).toEqual([
      [
        {
          EventBusName: 'shop-bus',
          Source: 'shipline.parcels',
          DetailType: 'parcel.sent.v1',
          Detail: JSON.stringify(event('p1').envelope),
          Time: new Date('2026-01-01T00:00:00.000Z'),
          TraceHeader: 'Root=1-2-3',
        },
        expect.not.objectContaining({ TraceHeader: expect.anything() }),
      ],
    ]);
  });

  it('is not called for nothing', async () => {
    const { bus, calls } = setup();

    expect(await bus.publish([])).toEqual({ count: 0 });
    expect(calls).toEqual([]);
  });

  it('gets at most ten at once', async () => {
    const { bus, calls } = setup();
    await bus.publish(many(23));

    expect(calls.map((entries) => entries.length)).toEqual([10, 10, 3]);
  });

  it('counts up to the first refused entry, and stops', async () => {
    const { bus, calls } = setup((entries) => ({
      Entries: entries.map((_, index) =>
        index === 4 ? { ErrorCode: 'ThrottlingException' } : { EventId: 'e' },
      ),
    }));

    expect(await bus.publish(many(23))).toEqual({
      count: 4,
      failure: new Error('PutEvents refused an entry: ThrottlingException'),
    });
    expect(calls).toHaveLength(1);
  });

  it('counts what was published before a call that failed', async () => {
    const failure = new Error('No connection');
    const { bus } = setup((entries) => {
      if (entries.length < 10) throw failure;
      return {};
    });

    expect(await bus.publish(many(13))).toEqual({ count: 10, failure });
  });

  it.each([
    ['ThrottlingException', undefined],
    ['InternalFailure', undefined],
    ['NotAuthorizedForSourceException', undefined],
    ['MalformedDetail', true],
    ['InvalidArgument', true],
  ])('tells an entry that is no good from a bus that is: %s', async (ErrorCode, permanent) => {
    const { bus } = setup((entries) => ({ Entries: entries.map(() => ({ ErrorCode })) }));

    expect((await bus.publish([event('p1')])).permanent).toBe(permanent);
  });

  it('knows a call that no repetition helps', async () => {
    const failure = Object.assign(new Error('Too large'), { name: 'ValidationException' });
    const { bus } = setup(() => {
      throw failure;
    });

    expect(await bus.publish([event('p1')])).toEqual({ count: 0, failure, permanent: true });
  });
});

it('cuts into calls that keep every limit, every entry and the order', () => {
  const entry = fc
    .integer({ min: 0, max: 200_000 })
    .map((size) => ({ Source: 's', Detail: 'é'.repeat(size / 2) }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
      const calls = chunks(entries);

      expect(calls.flat()).toEqual(entries);
      for (const call of calls) {
        expect(call.length).toBeLessThanOrEqual(10);
        expect(call.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(256 * 1024);
      }
    }),
    { numRuns: 50 },
  );
});
