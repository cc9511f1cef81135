import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretSource } from '../../src/adapters/gateway-secret.js';
import { stripeClient, stripeClients } from '../../src/adapters/stripe-clients.js';
import { StripeGateway } from '../../src/adapters/stripe-gateway.js';
import { orderId, paymentId, refundIdOf, total, usd } from '../builders.js';
import { startStubGateway, stripeError, stripeIntent } from './stub-gateway.js';

let stub: Awaited<ReturnType<typeof startStubGateway>>;
beforeEach(async () => {
  stub = await startStubGateway();
});
afterEach(() => stub.close());

const intent = { orderId, paymentId, amount: total, paymentMethodId: 'pm_card_visa' };
const keys = (...apiKeys: string[]): SecretSource => {
  let used = 0;
  return {
    read: async () => ({ apiKey: apiKeys[used] ?? '' }),
    renew: async () => ++used < apiKeys.length,
  };
};
const gateway = (secret = keys('sk_test_1')) => new StripeGateway(stripeClients(stub.url, secret));
/** Gives up at once, so that a test does not wait. */
const impatient = () => {
  const client = stripeClient('sk_test_1', stub.url, 50);
  return new StripeGateway({ current: async () => client, renewed: async () => undefined });
};

describe('the Stripe adapter', () => {
  it('says on the wire what the protocol says', async () => {
    const created = { ...stripeIntent(), status: 'requires_confirmation', metadata: { orderId } };
    stub.answer({ status: 200, body: created }, { status: 200, body: stripeIntent() });

    expect(await gateway().createIntent(intent, 'key-1')).toEqual({
      id: 'pi_1',
      orderId,
      status: 'unconfirmed',
      amount: total,
    });
    await gateway().confirmIntent('pi_1', 'key-2');

    const [create, confirm] = stub.requests;
    expect(create).toMatchObject({ method: 'POST', path: '/v1/payment_intents' });
    expect(create?.headers).toMatchObject({
      authorization: 'Bearer sk_test_1',
      'idempotency-key': 'key-1',
      'stripe-version': '2026-10-28.endive',
    });
    expect(create?.headers).not.toHaveProperty('x-stripe-client-telemetry');
    expect(Object.fromEntries(create?.form ?? [])).toEqual({
      amount: '2800',
      currency: 'usd',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[0]': 'card',
      capture_method: 'manual',
      'metadata[orderId]': orderId,
      'metadata[paymentId]': paymentId,
    });
    expect(confirm?.path).toBe('/v1/payment_intents/pi_1/confirm');
    expect(Object.fromEntries(confirm?.form ?? [])).toEqual({ error_on_requires_action: 'true' });
  });

  it.each([
    ['a stored 500', stripeError(500, { type: 'api_error' }), true],
    ['a 502', stripeError(502, { type: 'api_error' }), false],
    ['a 409 of a key in use', stripeError(409, { type: 'idempotency_error' }), false],
    ['a 429', stripeError(429, { type: 'invalid_request_error', code: 'rate_limit' }), false],
    ['a 504 that is no JSON', { status: 504, body: '' }, false],
    ['a 504 of API Gateway', { status: 504, body: { message: 'Endpoint request timed out' } }, false],
    ['a 429 of API Gateway', { status: 429, body: { message: 'Too Many Requests' } }, false],
    ['half a JSON', { status: 200, body: '{"id": "pi_' }, false],
    ['a 200 of another shape', { status: 200, body: { id: 'pi_1' } }, false],
    ['no answer', 'hang', false],
  ] as const)('takes %s for an unknown outcome, and does not retry', async (_, reply, stored) => {
    stub.answer(reply);

    await expect(impatient().captureIntent('pi_1', total)).rejects.toMatchObject({
      name: 'GatewayUnknown',
      stored,
    });
    expect(stub.requests).toHaveLength(1);
  });

  it('repeats a request on a connection that was closed, once, under the same key', async () => {
    stub.answer('drop', 'drop');

    await expect(impatient().captureIntent('pi_1', total)).rejects.toMatchObject({
      name: 'GatewayUnknown',
      stored: false,
    });
    const sent = stub.requests.map(({ headers }) => headers['idempotency-key']);
    expect(sent).toEqual([expect.any(String), sent[0]]);
  });

  it.each([
    ['a reused idempotency key', stripeError(400, { type: 'idempotency_error' }), 'StripeIdempotencyError'],
    ['a missing permission', stripeError(403, { type: 'invalid_request_error' }), 'StripePermissionError'],
    ['a 403 of API Gateway', { status: 403, body: { message: 'Missing Authentication Token' } }, 'Error'],
  ] as const)('takes %s for a fault', async (_, reply, type) => {
    stub.answer(reply);
    const fault = await gateway()
      .createIntent(intent, 'key')
      .catch((error: { type?: string; name: string }) => error.type ?? error.name);

    expect(fault).toBe(type);
  });

  it('asks once more with a key that was rotated', async () => {
    stub.answer(stripeError(401, { type: 'invalid_request_error' }), { status: 200, body: stripeIntent() });

    expect(await gateway(keys('sk_old', 'sk_new')).retrieveIntent('pi_1')).toMatchObject({
      status: 'authorised',
    });
    expect(stub.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer sk_old',
      'Bearer sk_new',
    ]);
  });

  it('fails with a key that stays rejected', async () => {
    stub.answer(stripeError(401, { type: 'invalid_request_error' }));

    await expect(gateway().retrieveIntent('pi_1')).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
    });
    expect(stub.requests).toHaveLength(1);
  });

  it.each([
    [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'insufficient_funds'],
    [{ code: 'card_declined', decline_code: 'lost_card' }, 'card_declined'],
    [{ code: 'card_declined', decline_code: 'authentication_required' }, 'authentication_required'],
    [{ code: 'expired_card' }, 'card_expired'],
    [{ code: 'incorrect_cvc' }, 'incorrect_cvc'],
    [{ code: 'processing_error' }, 'payment_failed'],
    [{ code: 'something_new' }, 'card_declined'],
  ])('names the decline %j %s', async (decline, reason) => {
    const declined = stripeIntent({ status: 'requires_payment_method', last_payment_error: decline });
    stub.answer(stripeError(402, { type: 'card_error', ...decline }), { status: 200, body: declined });

    expect(await gateway().confirmIntent('pi_1', 'key')).toMatchObject({ status: 'declined', reason });
  });

  it.each([
    ['capture', 'canceled', 'cancelled'],
    ['capture', 'requires_payment_method', 'declined'],
    ['capture', 'requires_capture', 'authorised'],
    ['cancel', 'canceled', 'cancelled'],
    ['cancel', 'succeeded', 'captured'],
  ] as const)(
    'answers a %s that the issuer refuses (402) by what the intent is: %s',
    async (call, state, status) => {
      const decline = { code: 'card_declined' };
      stub.answer(stripeError(402, { type: 'card_error', ...decline }), {
        status: 200,
        body: stripeIntent({ status: state, last_payment_error: decline }),
      });
      const answer =
        call === 'capture' ? gateway().captureIntent('pi_1', total) : gateway().cancelIntent('pi_1');

      expect(await answer).toMatchObject({ status });
      expect(stub.requests.map(({ method, path }) => [method, path])).toEqual([
        ['POST', `/v1/payment_intents/pi_1/${call}`],
        ['GET', '/v1/payment_intents/pi_1'],
      ]);
    },
  );

  it('takes a payment method that cannot be confirmed for a decline', async () => {
    stub.answer(stripeError(400, { type: 'invalid_request_error', param: 'payment_method' }), {
      status: 200,
      body: stripeIntent({ status: 'requires_confirmation' }),
    });

    expect(await gateway().confirmIntent('pi_1', 'key')).toMatchObject({
      status: 'declined',
      reason: 'payment_failed',
    });
  });

  it.each([
    ['requires_payment_method', 'unconfirmed', 2800],
    ['requires_confirmation', 'unconfirmed', 2800],
    ['requires_action', 'declined', 2800],
    ['processing', 'processing', 2800],
    ['requires_capture', 'authorised', 2700],
    ['succeeded', 'captured', 2600],
    ['canceled', 'cancelled', 2800],
  ])('reads %s as %s, with the amount that it is about', async (status, ours, amount) => {
    stub.answer({
      status: 200,
      body: stripeIntent({ status, amount_capturable: 2700, amount_received: 2600 }),
    });

    expect(await gateway().retrieveIntent('pi_1')).toMatchObject({ status: ours, amount: usd(amount) });
  });

  it('looks through every page of refunds', async () => {
    const refund = (number: number) => ({
      id: `re_${number}`,
      object: 'refund',
      status: 'succeeded',
      amount: number,
      currency: 'usd',
      metadata: { refundId: refundIdOf(number) },
    });
    stub.answer(
      { status: 200, body: { object: 'list', has_more: true, data: [refund(1), refund(2)] } },
      { status: 200, body: { object: 'list', has_more: false, data: [refund(3)] } },
    );

    expect(await gateway().findRefund('pi_1', refundIdOf(3))).toMatchObject({ id: 're_3', amount: usd(3) });
    expect(stub.requests[1]?.path).toContain('starting_after=re_2');
  });
});
