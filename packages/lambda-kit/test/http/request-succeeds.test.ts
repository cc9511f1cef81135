import { Router } from '@aws-lambda-powertools/event-handler/http';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { apiEvent, restApiEvent } from '../../src/http/api-event.js';
import { httpEntry } from '../../src/index.js';
import { ofAColdStart } from '../builders.js';
import { key, parcel, posted, setup } from './setup.js';

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
        ...ofAColdStart,
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

it('believes an id of a release check from who invoked the function only, never from a header', async () => {
  const id = 'synthetic-d-ABC123';
  const send = (lambda = lambdaContext()) =>
    setup().handler(apiEvent({ path: '/parcels/p1', headers: { 'x-correlation-id': id } }), lambda);
  const invokedWith = (correlationId: string) =>
    lambdaContext({ clientContext: { custom: { correlationId } } as never });

  expect(await send()).toMatchObject({ headers: { 'x-correlation-id': lambdaContext().awsRequestId } });
  expect(await send(invokedWith('synthetic-d-OTHER1'))).not.toMatchObject({
    headers: { 'x-correlation-id': id },
  });
  expect(await send(invokedWith(id))).toMatchObject({ headers: { 'x-correlation-id': id } });
});

it.each(['', 'short', 'with space', 'a'.repeat(129), 'new\nline', '<script>'])(
  'does not take over the correlation id %j',
  async (id) => {
    const { headers } = await setup().send({ path: '/parcels/p1', headers: { 'x-correlation-id': id } });

    expect(headers['x-correlation-id']).toBe(lambdaContext().awsRequestId);
  },
);
