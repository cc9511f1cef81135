import { Router } from '@aws-lambda-powertools/event-handler/http';
import * as z from 'zod/mini';
import { correlationId, customerId, idempotencyKey, Refusal, refusals } from '../../src/index.js';

type ParcelErrorCode = 'PARCEL_NOT_FOUND' | 'PARCEL_BUSY';

class ParcelError extends Refusal<ParcelErrorCode> {
  override readonly name = 'ParcelError';
}

/** A refusal for which nobody wrote a table. */
class ForgottenRefusal extends Refusal {
  override readonly name = 'ForgottenRefusal';
}

/** An error of the service's own, whose handler is broken. */
class Clumsy extends Error {
  override readonly name = 'Clumsy';
}

const Parcel = z.strictObject({
  weight: z.int().check(z.minimum(1), z.maximum(100)),
  to: z.string().check(z.maxLength(10)),
  size: z.enum(['small', 'large']),
});

/** Routes that show every way in which a request can end. */
export function parcelsApi(): Router {
  const api = new Router();
  refusals(api, ParcelError, { PARCEL_NOT_FOUND: 404, PARCEL_BUSY: 409 });
  api.errorHandler(Clumsy, async () => {
    throw new Error('The handler of errors failed');
  });

  api.get('/parcels/:id', async ({ valid }) => ({ id: valid.req.path.id, correlationId: correlationId() }), {
    validation: { req: { path: z.object({ id: z.string().check(z.regex(/^p\d+$/)) }) } },
  });
  api.delete('/parcels/:id', async () => new Response(null, { status: 204 }));
  api.post('/parcels', async ({ req, valid }) => ({ ...valid.req.body, key: idempotencyKey(req) }), {
    validation: { req: { body: Parcel } },
  });
  api.get('/mine', async ({ event }) => ({ customerId: customerId(event) }));
  api.get(
    '/page',
    async () =>
      new Response('<p>', { headers: { 'content-type': 'text/html', 'cache-control': 'max-age=60' } }),
  );
  api.get('/lost', async () => {
    throw new ParcelError('PARCEL_NOT_FOUND');
  });
  api.get('/busy', async () => {
    throw new ParcelError('PARCEL_BUSY', {
      detail: 'Try again',
      retryAfterSeconds: 1.2,
      errors: [{ path: 'a', message: 'b' }],
    });
  });
  api.get('/forgotten', async () => {
    throw new ForgottenRefusal('FORGOTTEN');
  });
  api.get('/broken', async () => {
    throw new TypeError('secret inside');
  });
  api.get('/clumsy', async () => {
    throw new Clumsy('clumsy');
  });
  api.get('/not-serialisable', async () => ({ amount: 1n }) as never);
  return api;
}
