import {
  isAPIGatewayProxyEventV1,
  isAPIGatewayProxyEventV2,
} from '@aws-lambda-powertools/event-handler/http';
import { expect, it } from 'vitest';
import { apiEvent, restApiEvent } from '../../src/http/api-event.js';

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
