import { BadRequestError, ForbiddenError, Router } from '@aws-lambda-powertools/event-handler/http';
import { describe, expect, it } from 'vitest';
import { key, parcel, posted, setup } from './setup.js';

describe('A refusal', () => {
  it('of the service is a problem document with the status of the service’s table', async () => {
    const { problemOf, logger } = setup();

    expect(await problemOf({ path: '/lost', headers: { 'x-correlation-id': 'correlation-1' } })).toEqual({
      statusCode: 404,
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'PARCEL_NOT_FOUND',
      correlationId: 'correlation-1',
    });
    expect(logger.lines).toMatchObject([{ level: 'info', status: 404, code: 'PARCEL_NOT_FOUND' }]);
  });

  it('may tell more, and when to try again', async () => {
    const { send } = setup();
    const { headers, body } = await send({ path: '/busy' });

    expect(headers['retry-after']).toBe('2');
    expect(JSON.parse(body)).toMatchObject({ detail: 'Try again', errors: [{ path: 'a', message: 'b' }] });
  });

  it.each([
    ['malformed JSON', posted('{"weight":'), 400, 'MALFORMED_JSON'],
    ['an empty JSON body', posted(''), 400, 'MALFORMED_JSON'],
    ['no body', posted(undefined), 422, 'INVALID_REQUEST'],
    ['no Idempotency-Key', posted(parcel, {}), 400, 'IDEMPOTENCY_KEY_REQUIRED'],
    [
      'a short Idempotency-Key',
      posted(parcel, { 'idempotency-key': 'short' }),
      400,
      'IDEMPOTENCY_KEY_REQUIRED',
    ],
    ['an unknown route', { path: '/nowhere' }, 404, 'NOT_FOUND'],
    ['an odd method', { method: 'TRACE', path: '/lost' }, 405, 'METHOD_NOT_ALLOWED'],
    ['a large body', posted({ ...parcel, to: 'x'.repeat(70_000) }), 413, 'BODY_TOO_LARGE'],
    [
      'a form',
      posted('a=b', { ...key, 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'text that smells of JSON',
      posted(parcel, { 'content-type': 'text/plain; application/json' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['broken percent-encoding', { path: '/parcels/%E0%A4%A' }, 422, 'INVALID_REQUEST'],
    ['an empty path parameter', { path: '/parcels/%20' }, 422, 'INVALID_REQUEST'],
    ['a host that is none', { path: '/lost', headers: { host: 'a b' } }, 422, 'INVALID_REQUEST'],
  ] as const)('of %s has a stable code', async (_, request, status, code) => {
    expect(await setup().problemOf(request)).toMatchObject({ statusCode: status, status, code });
  });

  it.each(['/parcels/p1', '/parcels/p1//', '/parcels/%20'])(
    'of a wrong method names the right ones for %s',
    async (path) => {
      const { headers, statusCode, body } = await setup().send({ method: 'PUT', path });

      expect({ statusCode, allow: headers['allow'] }).toEqual({ statusCode: 405, allow: 'GET, DELETE' });
      expect(JSON.parse(body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    },
  );

  it('of an invalid request says what is expected and repeats no value', async () => {
    const { send } = setup();
    const { statusCode, body } = await send(
      posted({ weight: 4242, to: '4242424242424242', size: 'gigantic', '4000000000000002': 1, price: 1 }),
    );

    expect(statusCode).toBe(422);
    expect(JSON.parse(body)).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [
        { path: 'body.weight', message: 'must be at most 100' },
        { path: 'body.to', message: 'must be at most 10 characters' },
        { path: 'body.size', message: 'must be one of small, large' },
        { path: 'body', message: 'has unknown fields: (unnamed), price' },
      ],
    });
    expect(body).not.toMatch(/4242|gigantic|4000/);
  });

  it('of the router’s own classes does not recurse', async () => {
    const api = new Router();
    class GoneError extends BadRequestError {
      override readonly statusCode = 410 as never;
      override readonly errorType = 'GoneError' as never;
    }
    const errors = {
      '/bad': new BadRequestError('secret'),
      '/no': new ForbiddenError(),
      '/gone': new GoneError(),
    };
    for (const [path, error] of Object.entries(errors))
      api.get(path as '/bad', async () => {
        throw error;
      });
    const { problemOf } = setup(api);

    expect(await problemOf({ path: '/bad' })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await problemOf({ path: '/no' })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await problemOf({ path: '/gone' })).toMatchObject({ status: 410, code: 'GONE' });
    expect(JSON.stringify(await problemOf({ path: '/bad' }))).not.toContain('secret');
  });
});
