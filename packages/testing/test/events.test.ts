import {
  isAPIGatewayProxyEventV1,
  isAPIGatewayProxyEventV2,
} from '@aws-lambda-powertools/event-handler/http';
import { orderConfirmed } from '@shipline/contracts/events';
import { expect, it } from 'vitest';
import { anEnvelope, apiEvent, restApiEvent, sqsEvent, streamEvent } from '../src/index.js';

it('looks like API Gateway’s events to the router', () => {
  const request = { method: 'POST', path: '/a', query: { b: 'c' }, body: { d: 1 }, customerId: 'e' };

  expect(isAPIGatewayProxyEventV2(apiEvent(request))).toBe(true);
  expect(isAPIGatewayProxyEventV1(restApiEvent(request))).toBe(true);
});

it('sends strings as they are and anything else as JSON', () => {
  expect(apiEvent({ body: '{' })).toMatchObject({ body: '{' });
  expect(apiEvent({ body: { a: 1 } })).toMatchObject({
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  });
  expect(apiEvent()).not.toHaveProperty('body');
});

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
