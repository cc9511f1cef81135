import { anEnvelope, lambdaContext, recordingLogger, sqsEvent } from '@shipline/testing';
import { expect, it } from 'vitest';
import { consumerEntry } from '../src/consumer-entry.js';
import { correlationId } from '../src/correlation-id.js';
import { currentScope } from '../src/scope.js';
import { ofAColdStart, parcelSent } from './builders.js';

function setup() {
  const logger = recordingLogger();
  const seen: unknown[] = [];
  const handler = consumerEntry(
    parcelSent,
    async ({ data }, context) => {
      if (data.parcelId === 'broken') throw new Error('The parcel is broken');
      seen.push([data.parcelId, context.correlationId, correlationId(), { ...currentScope()?.annotations }]);
    },
    { logger },
  );
  const consume = (...messages: Parameters<typeof sqsEvent>) =>
    handler(sqsEvent(...messages), lambdaContext());
  return { logger, seen, consume };
}

const sent = (parcelId: string, id = parcelId) =>
  anEnvelope(parcelSent, {
    id,
    data: { parcelId },
    correlationid: `correlation-${id}`,
    subject: `ord_${id}`,
  });

it('hands over each envelope in a scope of its own', async () => {
  const { consume, seen, logger } = setup();

  expect(await consume(sent('p1'), sent('p2'))).toEqual({ batchItemFailures: [] });
  expect(seen).toEqual([
    ['p1', 'correlation-p1', 'correlation-p1', { event_id: 'p1', order_id: 'ord_p1' }],
    ['p2', 'correlation-p2', 'correlation-p2', { event_id: 'p2', order_id: 'ord_p2' }],
  ]);
  expect(logger.lines).toEqual([
    {
      ...ofAColdStart,
      level: 'info',
      message: 'batch',
      event: 'parcel.sent.v1',
      messages: 2,
      failed: 0,
      order_ids: 'ord_p1 ord_p2',
      ms: expect.any(Number),
    },
  ]);
});

it('reports the messages that failed, and only those', async () => {
  const { consume, seen, logger } = setup();

  expect(await consume(sent('p1'), sent('broken'), sent('p3'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'message-2' }],
  });
  expect(seen).toHaveLength(2);
  expect(logger.lines).toMatchObject([
    {
      level: 'error',
      message: 'message failed',
      messageId: 'message-2',
      order_id: 'ord_broken',
      error: { message: 'The parcel is broken' },
    },
    { level: 'info', message: 'batch', messages: 3, failed: 1, order_ids: 'ord_p1 ord_broken ord_p3' },
  ]);
});

it('fails the function where every message failed by a fault', async () => {
  await expect(setup().consume(sent('broken'))).rejects.toThrow('The parcel is broken');
});

it.each([
  ['no JSON', 'not JSON at all', 'The body is not JSON'],
  [
    'another event',
    anEnvelope({ ...parcelSent, type: 'parcel.lost.v1' }),
    'Not a parcel.sent.v1: detail-type must be one of parcel.sent.v1',
  ],
  [
    'data of another shape',
    anEnvelope(parcelSent, { data: { parcelId: 7 } as never }),
    'Not a parcel.sent.v1: detail.data.parcelId must be of type string',
  ],
])('reports a message with %s for the dead-letter queue, with one clear line', async (_, message, reason) => {
  const { consume, logger } = setup();

  expect(await consume(message)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  expect(logger.lines).toMatchObject([
    { level: 'error', message: 'message failed', error: { name: 'UnreadableMessage', message: reason } },
    { level: 'info', message: 'batch', failed: 1 },
  ]);
});

it('starts each batch afresh', async () => {
  const { consume } = setup();
  await consume(sent('p1'), sent('broken'));

  expect(await consume(sent('p2'))).toEqual({ batchItemFailures: [] });
});
