import {
  BadRequestError,
  ForbiddenError,
  InternalServerError,
  Router,
  ServiceUnavailableError,
} from '@aws-lambda-powertools/event-handler/http';
import { type ApiRequest, apiEvent, lambdaContext, recordingLogger, restApiEvent } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { httpEntry } from '../../src/index.js';
import { parcelsApi } from './parcels-api.js';

function setup(api = parcelsApi()) {
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

const parcel = { weight: 3, to: 'Oslo', size: 'small' };
const key = { 'idempotency-key': 'key-0123456789abcdef' };
const posted = (body: unknown, headers: Record<string, string> = key) =>
  ({ method: 'POST', path: '/parcels', body, headers }) as const;

describe('A request that succeeds', () => {
  it('gets what the route returns, with the security headers and its correlation id', async () => {
    const { send } = setup();
    const { statusCode, headers, body } = await send({
      path: '/parcels/p7',
      headers: { 'X-Correlation-Id': 'from-the-browser' },
    });

    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({ id: 'p7', correlationId: 'from-the-browser' });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-correlation-id': 'from-the-browser',
    });
  });

  it('keeps the headers that the route sets itself', async () => {
    const { headers } = await setup().send({ path: '/page' });

    expect(headers).toMatchObject({ 'cache-control': 'max-age=60', 'content-type': 'text/html' });
  });

  it('logs one line, with the route’s pattern and never the path', async () => {
    const { send, logger } = setup();
    await send({ path: '/parcels/p7' });

    expect(logger.lines).toEqual([
      {
        level: 'info',
        message: 'request',
        method: 'GET',
        route: '/parcels/:id',
        status: 200,
        ms: expect.any(Number),
      },
    ]);
  });

  it('may be empty, in base64, of a REST API, or a GET that has a body', async () => {
    const { send, handler } = setup();
    const encoded = Buffer.from(JSON.stringify(parcel)).toString('base64');

    expect(await send({ method: 'DELETE', path: '/parcels/p1' })).toMatchObject({
      statusCode: 204,
      body: '',
    });
    expect(await send({ ...posted(encoded), isBase64Encoded: true })).toMatchObject({ statusCode: 200 });
    expect(await handler(restApiEvent(posted(parcel)), lambdaContext())).toMatchObject({ statusCode: 200 });
    expect(await send({ path: '/parcels/p1', body: parcel })).toMatchObject({ statusCode: 200 });
  });

  it('is JSON however its media type is spelt', async () => {
    const headers = { ...key, 'Content-Type': 'Application/JSON; charset=UTF-8' };

    expect(await setup().send(posted(parcel, headers))).toMatchObject({ statusCode: 200 });
  });

  it('knows whose it is', async () => {
    const { body } = await setup().send({ path: '/mine', customerId: 'customer-1' });

    expect(JSON.parse(body)).toEqual({ customerId: 'customer-1' });
  });
});

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

  it('of a wrong method names the right ones', async () => {
    const { headers, statusCode, body } = await setup().send({ method: 'PUT', path: '/parcels/p1' });

    expect({ statusCode, allow: headers['allow'] }).toEqual({ statusCode: 405, allow: 'GET, DELETE' });
    expect(JSON.parse(body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

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

describe('A fault', () => {
  it.each([
    ['an unexpected error', '/broken', 'secret inside'],
    ['a refusal without a table', '/forgotten', 'forgotten'],
    ['a handler of errors that fails itself', '/clumsy', 'clumsy'],
    ['a reply that cannot be sent', '/not-serialisable', 'BigInt'],
    ['a route without the authorizer that it needs', '/mine', 'no JWT authorizer'],
  ])('fails the function: %s', async (_, path, message) => {
    const { send, logger } = setup();

    await expect(send({ path })).rejects.toThrow(message);
    expect(logger.lines).toMatchObject([
      { level: 'error', message: 'request failed', error: expect.any(Error) },
    ]);
  });

  it.each([new InternalServerError('inside'), new ServiceUnavailableError('inside')])(
    'fails the function when the router’s own class says $statusCode',
    async (error) => {
      const api = new Router();
      api.get('/', async () => {
        throw error;
      });

      await expect(setup(api).send({})).rejects.toThrow('inside');
    },
  );

  it('fails the function for an event that is no request', async () => {
    const { handler } = setup();

    await expect(handler({ httpMethod: 'GET' }, lambdaContext())).rejects.toThrow();
  });

  it('of one request is not the next one’s', async () => {
    const { send } = setup();
    await expect(send({ path: '/broken' })).rejects.toThrow();

    expect(await send({ path: '/parcels/p1' })).toMatchObject({ statusCode: 200 });
  });
});

it('lets a service answer a 500 on purpose, and in its own form', async () => {
  const api = new Router();
  api.get('/', async () => Response.json({ error: { type: 'api_error' } }, { status: 500 }));

  expect(await setup(api).send({})).toMatchObject({
    statusCode: 500,
    body: '{"error":{"type":"api_error"}}',
  });
});

it('takes other media types where it is told to', async () => {
  const api = new Router();
  api.post('/', async ({ req }) => ({ text: await req.text() }));
  const handler = httpEntry(api, {
    logger: recordingLogger(),
    accepts: ['application/x-www-form-urlencoded'],
    maxBodyBytes: 5,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  expect(await handler(apiEvent({ method: 'POST', body: 'a=b', headers }), lambdaContext())).toMatchObject({
    body: '{"text":"a=b"}',
  });
  expect(
    await handler(apiEvent({ method: 'POST', body: 'a=bcdef', headers }), lambdaContext()),
  ).toMatchObject({ statusCode: 413 });
});

it('shows a route of a REST API one value per header, the one that was checked', async () => {
  const api = new Router();
  api.get('/', async ({ req }) => ({ seen: req.headers.get('x-correlation-id') }));
  const event = {
    ...restApiEvent({ headers: { 'X-Correlation-Id': 'well-formed' } }),
    multiValueHeaders: { 'X-Correlation-Id': ['<script>', 'well-formed'] },
  };

  expect(await setup(api).handler(event, lambdaContext())).toMatchObject({ body: '{"seen":"well-formed"}' });
});

it.each(['', 'short', 'with space', 'a'.repeat(129), 'new\nline', '<script>'])(
  'does not take over the correlation id %j',
  async (id) => {
    const { headers } = await setup().send({ path: '/parcels/p1', headers: { 'x-correlation-id': id } });

    expect(headers['x-correlation-id']).toBe(lambdaContext().awsRequestId);
  },
);

it('publishes the metrics of each request, also of one that fails', async () => {
  let published = 0;
  const metrics = {
    publishStoredMetrics: () => {
      published += 1;
    },
  };
  const handler = httpEntry(parcelsApi(), { logger: recordingLogger(), metrics });
  await handler(apiEvent({ path: '/lost' }), lambdaContext());
  await expect(handler(apiEvent({ path: '/broken' }), lambdaContext())).rejects.toThrow();

  expect(published).toBe(2);
});
