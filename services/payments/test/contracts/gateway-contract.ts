import { type OrderId, paymentIdOf } from '@shipline/contracts';
import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import type { Gateway, Intent } from '../../src/ports/gateway.js';
import { orderIdOf, refundIdOf, total, usd } from '../builders.js';

/** Of its own in every run: a deployed gateway remembers the keys of the run before. */
let lastOrder = Date.now();
/** What every card company must do as we see it: the fake, and Stripe's SDK on the sandbox. */
export const describeGateway = contract<Gateway>('a gateway', (gateway) => {
  const anOrder = (): OrderId => orderIdOf(++lastOrder);
  const create = async (
    orderId = anOrder(),
    paymentMethodId = 'pm_card_visa',
    key = `${orderId}:create:1`,
  ) => {
    const reply = await gateway().createIntent(
      { orderId, paymentId: paymentIdOf(orderId), amount: total, paymentMethodId },
      key,
    );
    if ('refused' in reply) throw new TypeError(`refused: ${reply.refused}`);
    return reply;
  };
  const confirm = ({ id, orderId }: Intent) => gateway().confirmIntent(id, `${orderId}:confirm`);
  const captured = async () => {
    const intent = await create();
    await confirm(intent);
    return gateway().captureIntent(intent.id, total);
  };

  it('creates an intent without confirming it', async () => {
    const orderId = anOrder();
    const intent = await create(orderId);

    expect(intent).toEqual({ id: expect.any(String), orderId, status: 'unconfirmed', amount: total });
    expect(await gateway().retrieveIntent(intent.id)).toEqual(intent);
  });

  it('answers the same key with the same intent', async () => {
    const orderId = anOrder();

    expect((await create(orderId)).id).toBe((await create(orderId)).id);
    expect((await create(orderId, 'pm_card_visa', `${orderId}:create:2`)).id).not.toBe(
      (await create(orderId)).id,
    );
  });

  it('refuses a payment method that does not exist', async () => {
    const orderId = anOrder();
    const intent = { orderId, paymentId: paymentIdOf(orderId), amount: total, paymentMethodId: 'pm_missing' };

    expect(await gateway().createIntent(intent, `${orderId}:create:1`)).toEqual({
      refused: 'payment_failed',
    });
  });

  it('authorises once, however often it is confirmed', async () => {
    const intent = await create();

    expect(await confirm(intent)).toEqual({ ...intent, status: 'authorised' });
    expect(await confirm(intent)).toEqual({ ...intent, status: 'authorised' });
    expect(await gateway().confirmIntent(intent.id, `${intent.id}:again`)).toEqual({
      ...intent,
      status: 'authorised',
    });
  });

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'card_expired'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc'],
    ['pm_card_authenticationRequired', 'authentication_required'],
  ])('declines %s with %s, and says so again', async (paymentMethodId, reason) => {
    const intent = await create(anOrder(), paymentMethodId);

    expect(await confirm(intent)).toMatchObject({ id: intent.id, status: 'declined', reason });
    expect(await gateway().retrieveIntent(intent.id)).toMatchObject({ status: 'declined', reason });
  });

  it('captures what was authorised, once', async () => {
    const intent = await captured();

    expect(intent).toMatchObject({ status: 'captured', amount: total });
    expect(await gateway().captureIntent(intent.id, total)).toEqual(intent);
    expect(await gateway().cancelIntent(intent.id)).toEqual(intent);
  });

  it('captures nothing that was not authorised', async () => {
    const intent = await create();

    expect(await gateway().captureIntent(intent.id, total)).toMatchObject({ status: 'unconfirmed' });
  });

  it('cancels whatever was not captured, and then neither confirms nor captures it', async () => {
    for (const intent of [
      await create(),
      await create(anOrder(), 'pm_card_visa_chargeDeclined'),
      await create(),
    ]) {
      await confirm(intent);
      expect(await gateway().cancelIntent(intent.id)).toMatchObject({ status: 'cancelled' });
      expect(await gateway().cancelIntent(intent.id)).toMatchObject({ status: 'cancelled' });
      expect(await gateway().captureIntent(intent.id, total)).toMatchObject({ status: 'cancelled' });
      expect(await gateway().confirmIntent(intent.id, `${intent.id}:again`)).toMatchObject({
        status: 'cancelled',
      });
    }
  });

  it('knows no intents and refunds that there are not', async () => {
    expect(await gateway().retrieveIntent('pi_missing')).toBeUndefined();
    expect(await gateway().retrieveRefund('re_missing')).toBeUndefined();
  });

  it('refunds once per key, and is found by our id', async () => {
    const intent = await captured();
    const orderId = intent.orderId ?? anOrder();
    const refund = { intentId: intent.id, orderId, refundId: refundIdOf(++lastOrder), amount: usd(800) };

    const paid = await gateway().createRefund(refund, refund.refundId);

    expect(paid).toMatchObject({ orderId, refundId: refund.refundId, status: 'refunded', amount: usd(800) });
    expect(await gateway().createRefund(refund, refund.refundId)).toEqual(paid);
    expect(await gateway().findRefund(intent.id, refund.refundId)).toEqual(paid);
    expect(await gateway().findRefund(intent.id, refundIdOf(9))).toBeUndefined();
    expect(paid !== 'refused' && (await gateway().retrieveRefund(paid.id))).toEqual(paid);
  });

  it('refuses to refund more than was captured, or what was not', async () => {
    const intent = await captured();
    const orderId = intent.orderId ?? anOrder();
    const refund = (amount: number, intentId = intent.id) => {
      const refundId = refundIdOf(++lastOrder);
      return gateway().createRefund({ intentId, orderId, refundId, amount: usd(amount) }, refundId);
    };

    expect(await refund(2_000)).toMatchObject({ status: 'refunded' });
    expect(await refund(801)).toBe('refused');
    expect(await refund(800)).toMatchObject({ status: 'refunded' });
    expect(await refund(1, (await create()).id)).toBe('refused');
  });

  it('opens one authorisation for ten confirmations at once', async () => {
    const intent = await create();

    await Promise.allSettled(Array.from({ length: 10 }, () => confirm(intent)));

    expect(await gateway().retrieveIntent(intent.id)).toEqual({ ...intent, status: 'authorised' });
  });
});
