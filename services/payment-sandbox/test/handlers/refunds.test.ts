import { sequentialIds } from '@shipline/testing';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { makeSettleRefund } from '../../src/application/settle-refund.js';
import { type InProcessGateway, inProcessGateway } from '../in-process-gateway.js';

const paid = ({ stripe }: InProcessGateway, payment_method = 'pm_card_visa') =>
  stripe.paymentIntents.create({ amount: 4200, currency: 'usd', payment_method, confirm: true });
const errorOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: Stripe.errors.StripeError) => error,
  );
const settled = ({ store, clock }: InProcessGateway, id: string) =>
  makeSettleRefund({ store, clock, ids: sequentialIds() })(id);

describe('a refund', () => {
  it('gives back everything that is left where no amount is said', async () => {
    const gateway = inProcessGateway();
    const { id } = await paid(gateway);
    const first = await gateway.stripe.refunds.create({
      payment_intent: id,
      amount: 1200,
      metadata: { refundId: 'r1' },
    });

    const second = await gateway.stripe.refunds.create({
      payment_intent: id,
      reason: 'requested_by_customer',
    });

    expect(first).toMatchObject({
      object: 'refund',
      status: 'succeeded',
      amount: 1200,
      metadata: { refundId: 'r1' },
    });
    expect(second).toMatchObject({ amount: 3000, reason: 'requested_by_customer', payment_intent: id });
    expect(gateway.store.events.map(({ type }) => type).slice(2)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.created',
      'charge.refunded',
    ]);
  });

  it('is refused beyond what was captured, and a second time', async () => {
    const gateway = inProcessGateway();
    const { stripe } = gateway;
    const { id } = await paid(gateway);

    const tooMuch = await errorOf(stripe.refunds.create({ payment_intent: id, amount: 4201 }));
    await stripe.refunds.create({ payment_intent: id });
    const again = await errorOf(stripe.refunds.create({ payment_intent: id }));

    expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' });
    expect(again).toMatchObject({ code: 'charge_already_refunded' });
  });

  it('is refused for a payment that is only authorised', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.paymentIntents.create({
      amount: 4200,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      capture_method: 'manual',
      confirm: true,
    });

    const error = await errorOf(stripe.refunds.create({ payment_intent: id }));

    expect(error).toMatchObject({ code: 'payment_intent_unexpected_state', param: 'payment_intent' });
  });

  it('is done once by two requests at the same time', async () => {
    const gateway = inProcessGateway();
    const { stripe, store } = gateway;
    const { id } = await paid(gateway);
    store.beforeCommit = () => stripe.refunds.create({ payment_intent: id, amount: 3000 });

    const error = await errorOf(stripe.refunds.create({ payment_intent: id, amount: 3000 }));

    expect(error).toMatchObject({ param: 'amount' });
    expect((await stripe.refunds.list({ payment_intent: id })).data).toHaveLength(1);
  });

  it('is found by its id and in lists, of all payments and of one', async () => {
    const gateway = inProcessGateway();
    const { stripe, clock } = gateway;
    const [one, two] = [await paid(gateway), await paid(gateway)];
    const first = await stripe.refunds.create({ payment_intent: one.id, amount: 100 });
    clock.advance(1000);
    const second = await stripe.refunds.create({ payment_intent: two.id, amount: 200 });
    clock.advance(1000);
    const third = await stripe.refunds.create({ payment_intent: one.id, amount: 300 });

    const all = await stripe.refunds.list({ limit: 2 });
    const rest = await stripe.refunds.list({ starting_after: second.id });
    const ofOne = await stripe.refunds.list({ payment_intent: one.id });

    expect(await stripe.refunds.retrieve(second.id)).toMatchObject({ amount: 200 });
    expect([all.data.map(({ id }) => id), all.has_more]).toEqual([[third.id, second.id], true]);
    expect(rest.data.map(({ id }) => id)).toEqual([first.id]);
    expect(ofOne.data.map(({ id }) => id)).toEqual([third.id, first.id]);
    expect(await errorOf(stripe.refunds.retrieve('re_nobody'))).toMatchObject({ code: 'resource_missing' });
  });

  it.each([
    ['its card', 'pm_card_refundFail', {}],
    ['a switch', 'pm_card_visa', { operation: 'refund', kind: 'fail' }],
  ])('fails later because of %s, and its amount can be refunded again', async (_, method, fault) => {
    const gateway = inProcessGateway();
    const { stripe, store } = gateway;
    if ('kind' in fault) await gateway.fault(fault);
    const { id } = await paid(gateway, method);
    const refund = await stripe.refunds.create({ payment_intent: id });

    const outcome = [await settled(gateway, refund.id), await settled(gateway, refund.id)];

    expect(refund.status).toBe('succeeded');
    expect(outcome).toEqual(['settled', 'was_settled']);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'unknown',
    });
    expect(store.events.slice(-2).map(({ type }) => type)).toEqual(['refund.updated', 'refund.failed']);
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ amount: 4200 });
  });

  it('succeeds later with the card for that', async () => {
    const gateway = inProcessGateway();
    const { id } = await paid(gateway, 'pm_card_pendingRefund');
    const refund = await gateway.stripe.refunds.create({ payment_intent: id });

    await settled(gateway, refund.id);

    expect(refund.status).toBe('pending');
    expect(await gateway.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
  });
});
