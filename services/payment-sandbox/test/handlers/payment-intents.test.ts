import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { inProcessGateway } from '../in-process-gateway.js';

const order = {
  amount: 4200,
  currency: 'usd',
  capture_method: 'manual',
  payment_method: 'pm_card_visa',
  allowed_payment_method_types: ['card'],
  metadata: { orderId: 'ord_1' },
} satisfies Stripe.PaymentIntentCreateParams;

const errorOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: Stripe.errors.StripeError) => error,
  );

describe('a payment by the official SDK', () => {
  it('is created, confirmed and captured', async () => {
    const { stripe } = inProcessGateway();

    const created = await stripe.paymentIntents.create(order);
    const confirmed = await stripe.paymentIntents.confirm(created.id, { error_on_requires_action: true });
    const captured = await stripe.paymentIntents.capture(created.id, { amount_to_capture: 4200 });

    expect(created).toMatchObject({
      object: 'payment_intent',
      status: 'requires_confirmation',
      amount_capturable: 0,
      livemode: false,
      latest_charge: null,
      metadata: { orderId: 'ord_1' },
      client_secret: expect.stringMatching(new RegExp(`^${created.id}_secret_`)),
      payment_method: expect.stringMatching(/^pm_[0-9A-Z]{26}$/),
    });
    expect(confirmed).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 4200,
      amount_received: 0,
    });
    expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 4200 });
    expect(captured.latest_charge).toMatch(/^ch_/);
    expect(captured.lastResponse.requestId).toMatch(/^req_/);
  });

  it('is paid in one call where capture is automatic', async () => {
    const { stripe, store } = inProcessGateway();

    const paid = await stripe.paymentIntents.create({
      ...order,
      capture_method: 'automatic',
      confirm: true,
      expand: ['latest_charge'],
    });

    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 4200 });
    expect(paid.latest_charge).toMatchObject({ object: 'charge', captured: true, amount_captured: 4200 });
    expect(store.events.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
  });

  it('is captured in part, and what is left is released', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({ ...order, confirm: true });

    const captured = await stripe.paymentIntents.capture(id, { amount_to_capture: 1000 });

    expect(captured).toMatchObject({ amount: 4200, amount_received: 1000, amount_capturable: 0 });
  });

  it.each([
    [4201, 'amount_too_large'],
    [0, 'parameter_invalid_integer'],
  ])('is not captured for %i of 4200', async (amount_to_capture, code) => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({ ...order, confirm: true });

    const error = await errorOf(stripe.paymentIntents.capture(id, { amount_to_capture }));

    expect(error).toMatchObject({ statusCode: 400, code, param: 'amount_to_capture' });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' });
  });

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_visa_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ])('is declined with %s', async (payment_method, code, decline_code) => {
    const { stripe, store } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({ ...order, payment_method });

    const error = await errorOf(stripe.paymentIntents.confirm(id, { error_on_requires_action: true }));
    const intent = await stripe.paymentIntents.retrieve(id);

    expect(error).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code,
      decline_code,
      payment_intent: { id, status: 'requires_payment_method' },
      charge: expect.stringMatching(/^ch_/),
    });
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code, decline_code },
    });
    expect(store.events.at(-1)?.type).toBe('payment_intent.payment_failed');
  });

  it('waits for a challenge where the merchant can show one', async () => {
    const { stripe } = inProcessGateway();

    const intent = await stripe.paymentIntents.create({
      ...order,
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
    });

    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
  });

  it('is paid with another card after a decline', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({
      ...order,
      payment_method: 'pm_card_visa_chargeDeclined',
    });
    await errorOf(stripe.paymentIntents.confirm(id));

    const intent = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_mastercard' });

    expect(intent).toMatchObject({ status: 'requires_capture', last_payment_error: null });
  });

  it('is refused a capture after a cancellation, and a second cancellation', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({ ...order, confirm: true });

    const cancelled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    const capture = await errorOf(stripe.paymentIntents.capture(id));
    const cancel = await errorOf(stripe.paymentIntents.cancel(id));

    expect(cancelled).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      cancellation_reason: 'abandoned',
    });
    for (const error of [capture, cancel])
      expect(error).toMatchObject({
        type: 'StripeInvalidRequestError',
        statusCode: 400,
        code: 'payment_intent_unexpected_state',
        payment_intent: { id, status: 'canceled' },
      });
  });

  it('changes its words at any time, and its amount before it is paid only', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create(order);
    const updated = await stripe.paymentIntents.update(id, {
      amount: 5000,
      metadata: { orderId: '', note: 'x' },
    });
    await stripe.paymentIntents.confirm(id);

    const error = await errorOf(stripe.paymentIntents.update(id, { amount: 6000 }));
    const described = await stripe.paymentIntents.update(id, { description: 'Two mugs' });

    expect(updated).toMatchObject({ amount: 5000, metadata: { note: 'x' } });
    expect(updated.metadata).not.toHaveProperty('orderId');
    expect(error).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(described.description).toBe('Two mugs');
  });

  it('is found in lists by time, page by page, newest first', async () => {
    const { stripe, clock } = inProcessGateway();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      clock.advance(1000);
      ids.unshift((await stripe.paymentIntents.create(order)).id);
    }
    const second = (await stripe.paymentIntents.retrieve(ids[3] ?? '')).created;

    const all = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    const some = await stripe.paymentIntents.list({ created: { gte: second, lt: second + 2 } });

    expect(all.map(({ id }) => id)).toEqual(ids);
    expect(some.data.map(({ id }) => id)).toEqual([ids[2], ids[3]]);
    const between = await stripe.paymentIntents.list({ created: { gt: second, lte: second + 1 } });

    expect(between.data.map(({ id }) => id)).toEqual([ids[2]]);
    expect(some.has_more).toBe(false);
  });

  it('stays as one of two writers left it, and neither writes over the other', async () => {
    const { stripe, store } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({ ...order, confirm: true });
    store.beforeCommit = () => stripe.paymentIntents.cancel(id);

    const error = await errorOf(stripe.paymentIntents.capture(id));

    expect(error).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'canceled',
      amount_received: 0,
    });
  });
});
