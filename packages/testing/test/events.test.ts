import { orderConfirmed } from '@shipline/contracts/events';
import { expect, it } from 'vitest';
import { anEnvelope, sqsEvent, streamEvent } from '../src/index.js';

it('wraps an envelope as bus and queue do', () => {
  const { Records } = sqsEvent(anEnvelope(orderConfirmed), 'as it is');
  const [first, second] = Records.map(({ body }) => body);

  expect(JSON.parse(first ?? '')).toMatchObject({
    'detail-type': 'order.confirmed.v1',
    source: 'shipline.orders',
    detail: { data: orderConfirmed.example },
  });
  expect(second).toBe('as it is');
});

it('tells insertions, changes and deletions apart', () => {
  const { Records } = streamEvent({ newImage: { a: 1 } }, { newImage: {}, oldImage: {} }, { oldImage: {} });

  expect(Records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(Records[0]?.dynamodb).toMatchObject({ NewImage: { a: { N: '1' } }, SequenceNumber: '100' });
});
