import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { KEY_LIFE_SECONDS, LEASE_SECONDS } from '../../src/ports/idempotency-keys.js';
import { headerOf, inProcessGateway } from '../in-process-gateway.js';

const order = { amount: 4200, currency: 'usd', payment_method: 'pm_card_visa' };
const key = { idempotencyKey: 'pay_1:create:1' };
const replayed = (reply: Stripe.Response<object>) => headerOf(reply, 'idempotent-replayed');
const errorOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: Stripe.errors.StripeError) => error,
  );

describe('an idempotency key', () => {
  it('repeats the reply of its first request and does nothing else', async () => {
    const { stripe, store } = inProcessGateway();

    const first = await stripe.paymentIntents.create(order, key);
    const second = await stripe.paymentIntents.create({ ...order }, key);

    expect(second).toEqual(first);
    expect([replayed(first), replayed(second)]).toEqual([null, 'true']);
    expect(store.events).toHaveLength(1);
  });

  it('repeats a decline', async () => {
    const { stripe, store } = inProcessGateway();
    const attempt = () =>
      errorOf(
        stripe.paymentIntents.create(
          { ...order, payment_method: 'pm_card_visa_chargeDeclined', confirm: true },
          key,
        ),
      );

    const [first, second] = [await attempt(), await attempt()];

    expect(second).toMatchObject({ code: 'card_declined', charge: first?.charge });
    expect(store.events).toHaveLength(2);
  });

  it.each([
    ['other parameters', { ...order, amount: 4300 }],
    ['one parameter more', { ...order, description: 'x' }],
  ])('is refused with %s', async (_, other) => {
    const { stripe } = inProcessGateway();
    await stripe.paymentIntents.create(order, key);

    const error = await errorOf(stripe.paymentIntents.create(other, key));

    expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });

  it('is refused for another endpoint', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create(order, key);

    const error = await errorOf(stripe.paymentIntents.confirm(id, {}, key));

    expect(error).toMatchObject({ type: 'StripeIdempotencyError' });
  });

  it('is in use while its first request runs, and the second changes nothing', async () => {
    const { stripe, store } = inProcessGateway();
    let during: Stripe.errors.StripeError | undefined;
    store.beforeCommit = async () => {
      during = await errorOf(stripe.paymentIntents.create(order, key));
    };

    await stripe.paymentIntents.create(order, key);

    expect(during).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect(store.events).toHaveLength(1);
  });

  it('is not used up by a request that could not be parsed', async () => {
    const { stripe } = inProcessGateway();
    const error = await errorOf(stripe.paymentIntents.create({ ...order, amount: 1.5 }, key));

    const created = await stripe.paymentIntents.create(order, key);

    expect(error).toMatchObject({ code: 'parameter_invalid_integer' });
    expect(created.amount).toBe(4200);
  });

  it('is free again after the lease of an execution that died, which then can write nothing', async () => {
    const { stripe, store, clock } = inProcessGateway();
    let winner: Stripe.PaymentIntent | undefined;
    store.beforeCommit = async () => {
      clock.advance(LEASE_SECONDS * 1000);
      winner = await stripe.paymentIntents.create(order, key);
    };

    const loser = await errorOf(stripe.paymentIntents.create(order, key));

    expect(loser).toMatchObject({ code: 'idempotency_key_in_use' });
    expect((await stripe.paymentIntents.list()).data.map(({ id }) => id)).toEqual([winner?.id]);
  });

  it('is forgotten after a day', async () => {
    const { stripe, clock } = inProcessGateway();
    const first = await stripe.paymentIntents.create(order, key);
    clock.advance(KEY_LIFE_SECONDS * 1000);

    const second = await stripe.paymentIntents.create(order, key);

    expect(second.id).not.toBe(first.id);
  });

  it('is released where too many others were in the way, which is a 429', async () => {
    const { stripe, store } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create(order);
    const interfere = async () => {
      await stripe.paymentIntents.update(id, { description: String(store.events.length) });
      store.beforeCommit = interfere;
    };
    store.beforeCommit = interfere;

    const error = await errorOf(stripe.paymentIntents.confirm(id, {}, key));
    store.beforeCommit = undefined;
    const confirmed = await stripe.paymentIntents.confirm(id, {}, key);

    expect(error).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
    expect(confirmed.status).toBe('succeeded');
  });
});
