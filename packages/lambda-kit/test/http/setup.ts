import { lambdaContext, recordingLogger } from '@shipline/testing';
import { expect } from 'vitest';
import { type ApiRequest, apiEvent } from '../../src/http/api-event.js';
import { httpEntry } from '../../src/index.js';
import { parcelsApi } from './parcels-api.js';

/** An entry with its log, and two ways to call it. */
export function setup(api = parcelsApi()) {
  const logger = recordingLogger();
  const handler = httpEntry(api, { logger });
  const send = (request: ApiRequest) => handler(apiEvent(request), lambdaContext());
  const problemOf = async (request: ApiRequest) => {
    const { statusCode, headers, body } = await send(request);
    expect(headers['content-type']).toBe('application/problem+json');
    return { statusCode, ...JSON.parse(body) };
  };
  return { logger, handler, send, problemOf };
}

export const parcel = { weight: 3, to: 'Oslo', size: 'small' };
export const key = { 'idempotency-key': 'key-0123456789abcdef' };
export const posted = (body: unknown, headers: Record<string, string> = key) =>
  ({ method: 'POST', path: '/parcels', body, headers }) as const;
