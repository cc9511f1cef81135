import { lambdaContext } from '@shipline/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apiEvent, restApiEvent } from '../../src/http/api-event.js';
import { key, setup } from './setup.js';

const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'get',
  '',
);
const path = fc.oneof(
  fc.constantFrom('/parcels', '/parcels/p1', '/page', '/lost', '/'),
  fc.webPath(),
  fc.string().map((text) => `/parcels/${text}`),
  fc.string().map((text) => `/${encodeURIComponent(text)}`),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'x-correlation-id',
    'host',
    'cookie',
    'idempotency-key',
    'X-Forwarded-Proto',
  ),
  fc.oneof(fc.constantFrom('application/json', key['idempotency-key']), fc.string({ unit: 'binary' })),
);
const body = fc.option(fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.base64String()), {
  nil: undefined,
});
const request = fc.record({ method, path, headers, body, isBase64Encoded: fc.boolean() });

it('is answered below 500, whatever a caller sends, by an HTTP API and a REST API', async () => {
  const { handler } = setup();
  await fc.assert(
    fc.asyncProperty(request, fc.boolean(), async (sent, rest) => {
      const event = rest ? restApiEvent(sent) : apiEvent(sent);
      const { statusCode, headers: answered } = await handler(event, lambdaContext());

      expect(statusCode).toBeLessThan(500);
      expect(answered['x-correlation-id']).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/);
    }),
    { numRuns: 500 },
  );
});
