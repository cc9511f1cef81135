import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { inProcessGateway } from '../in-process-gateway.js';

const errorOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: Stripe.errors.StripeError) => error,
  );

describe('a payment that cannot be', () => {
  it.each([
    [{ amount: '49' }, 'amount_too_small', 'amount'],
    [{ amount: '100000000' }, 'amount_too_large', 'amount'],
    [{ amount: '1.5' }, 'parameter_invalid_integer', 'amount'],
    [{ amount: '-5' }, 'amount_too_small', 'amount'],
    [{ currency: 'xyz' }, undefined, 'currency'],
    [{ colour: 'red' }, 'parameter_unknown', 'colour'],
    [{ 'payment_method_types[0]': 'card' }, 'parameter_unknown', 'payment_method_types'],
    [{ payment_method: 'pm_nobody' }, 'resource_missing', 'payment_method'],
    [{ payment_method: '' }, 'parameter_invalid_empty', 'payment_method'],
    [{ capture_method: 'later' }, undefined, 'capture_method'],
  ])('is refused with %o', async (change, code, param) => {
    const { call, store } = inProcessGateway();

    const { status, body } = await call({
      method: 'POST',
      path: '/payment_intents',
      form: { amount: '4200', currency: 'usd', ...change },
    });

    expect(status).toBe(code === 'resource_missing' ? 404 : 400);
    expect((body as { error: object }).error).toMatchObject({ type: 'invalid_request_error', param });
    expect((body as { error: { code?: string } }).error.code).toBe(code);
    expect(store.events).toEqual([]);
  });

  it('is refused without an amount, in a body that is no form, and under an unknown id', async () => {
    const { call, stripe } = inProcessGateway();
    const post = { method: 'POST', path: '/payment_intents' };

    const without = await call({ ...post, form: { currency: 'usd' } });
    const contradiction = await call({ ...post, form: 'amount=1&amount[x]=2' });
    const json = await call({ ...post, form: '{}', headers: { 'content-type': 'application/json' } });
    const unknown = await errorOf(stripe.paymentIntents.retrieve('pi_nobody'));

    expect(without).toMatchObject({
      status: 400,
      body: { error: { code: 'parameter_missing', param: 'amount' } },
    });
    expect(contradiction).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } });
    expect(json).toMatchObject({ status: 415, body: { error: { type: 'invalid_request_error' } } });
    expect(unknown).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});
