import { Router } from '@aws-lambda-powertools/event-handler/http';
import { restApiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { stripeEntry } from '../../src/handlers/stripe-entry.js';
import { inProcessGateway, PUBLISHABLE_KEY, SECRET_KEY } from '../in-process-gateway.js';

const list = { path: '/payment_intents' };

describe('the API', () => {
  it('takes the secret key as bearer and as Basic user', async () => {
    const { call } = inProcessGateway();
    const basic = `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`;

    expect((await call(list)).status).toBe(200);
    expect((await call({ ...list, authorization: basic })).status).toBe(200);
  });

  it.each([
    ['no key', { key: '' }, 401],
    ['another key', { key: 'sk_test_other' }, 401],
    ['a publishable key', { key: PUBLISHABLE_KEY }, 403],
    ['another scheme', { authorization: `Digest ${SECRET_KEY}` }, 401],
    [
      'Basic without a user',
      { authorization: `Basic ${Buffer.from(`:${SECRET_KEY}`).toString('base64')}` },
      401,
    ],
  ])('refuses %s', async (_, how, status) => {
    const { call } = inProcessGateway();

    const reply = await call({ ...list, ...how });

    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(JSON.stringify(reply.body)).not.toContain(SECRET_KEY);
  });

  it.each([
    ['GET', '/payment_intents'],
    ['POST', '/payment_intents'],
    ['GET', '/payment_intents/pi_1'],
    ['POST', '/payment_intents/pi_1'],
    ['POST', '/payment_intents/pi_1/confirm'],
    ['POST', '/payment_intents/pi_1/capture'],
    ['POST', '/payment_intents/pi_1/cancel'],
    ['GET', '/refunds'],
    ['POST', '/refunds'],
    ['GET', '/refunds/re_1'],
    ['GET', '/payment_methods/pm_1'],
    ['GET', '/webhook_endpoints'],
    ['POST', '/webhook_endpoints'],
    ['DELETE', '/webhook_endpoints/we_1'],
    ['GET', '/test_helpers/faults'],
    ['POST', '/test_helpers/faults'],
    ['DELETE', '/test_helpers/faults'],
  ])('answers %s %s to the merchant only', async (method, path) => {
    const { call } = inProcessGateway();

    expect((await call({ method, path, key: 'sk_test_other' })).status).toBe(401);
    expect((await call({ method, path, key: PUBLISHABLE_KEY })).status).toBe(403);
  });

  it('makes a payment method for whoever has any key at all', async () => {
    const { call } = inProcessGateway();
    const request = { method: 'POST', path: '/payment_methods', form: { type: 'card' } };

    expect((await call({ ...request, key: '' })).status).toBe(401);
    expect((await call({ ...request, key: 'sk_test_other' })).status).toBe(401);
    expect((await call({ ...request, key: PUBLISHABLE_KEY })).status).toBe(400);
  });

  it('answers what it does not know in Stripe’s words', async () => {
    const { call } = inProcessGateway();

    for (const request of [{ path: '/customers' }, { method: 'DELETE', path: '/payment_intents/pi_1' }])
      expect(await call(request)).toMatchObject({
        body: {
          error: {
            type: 'invalid_request_error',
            message: expect.stringContaining('Unrecognized request URL'),
          },
        },
        headers: { 'content-type': 'application/json', 'request-id': 'req_request1' },
      });
  });

  it('refuses a body that is too large', async () => {
    const { call } = inProcessGateway();

    const reply = await call({ method: 'POST', ...list, form: { description: 'x'.repeat(70_000) } });

    expect(reply).toMatchObject({ status: 413, body: { error: { type: 'invalid_request_error' } } });
  });

  it('serves the script and the frame, which any page may hold', async () => {
    const { call } = inProcessGateway();

    const script = await call({ path: '/stripe.js', key: '' });
    const frame = await call({ path: '/card-frame', key: '' });

    expect(script).toMatchObject({ status: 200, body: 'script' });
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(frame.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(frame.headers).not.toHaveProperty('x-frame-options');
  });

  it('fails its function by a fault, so that Errors counts it', async () => {
    const broken = new Router();
    broken.get('/broken', async () => {
      throw new Error('no table');
    });
    const handler = stripeEntry(broken, { logger: recordingLogger() });

    await expect(handler(restApiEvent({ path: '/broken' }), lambdaContext())).rejects.toThrow('no table');
  });
});
