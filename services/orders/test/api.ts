import { httpEntry } from '@shipline/lambda-kit';
import { type ApiRequest, apiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { expect } from 'vitest';
import { ordersApi } from '../src/handlers/orders-api.js';
import { customerId } from './builders.js';
import { setup } from './shop.js';

export const key = { 'idempotency-key': 'key-0123456789abcdef' };

/** The API on fakes, called as API Gateway calls it. */
export function api() {
  const shop = setup();
  const logger = recordingLogger();
  const handler = httpEntry(ordersApi(shop), { logger });
  const call = async (request: ApiRequest) => {
    const { statusCode, headers, body } = await handler(
      apiEvent({ customerId, ...request }),
      lambdaContext(),
    );
    return { statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
  };
  const post = (body: unknown, headers: Record<string, string> = key) =>
    call({ method: 'POST', path: '/api/orders', body, headers });
  const cancel = (id: string, by = customerId) =>
    call({ method: 'POST', path: `/api/orders/${id}/cancel`, customerId: by });
  return { ...shop, logger, call, post, cancel };
}

/** A problem document with this status and code. */
export const refused = (statusCode: number, code: string) => ({
  statusCode,
  headers: expect.objectContaining({ 'content-type': 'application/problem+json' }),
  body: expect.objectContaining({ status: statusCode, code, correlationId: expect.any(String) }),
});
