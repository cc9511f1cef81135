import { describe, expect, it } from 'vitest';
import { order, orderId, orderIdOf, refundIdOf, setup, task, total, usd } from '../builders.js';

const about = (type: string, objectId = 'pi_1') => ({
  type: `payment_intent.${type}`,
  objectId,
  orderHint: orderId,
});
const refundNotice = (type: string) => ({ type: `refund.${type}`, objectId: 're_1' });
const cid = 'webhook-correlation';

describe('a notice', () => {
  it('that is old news asks nobody', async () => {
    const { authorise, receiveNotice, gateway } = setup();
    await authorise(order);
    const before = gateway.calls.length;

    expect(await receiveNotice(about('amount_capturable_updated'), cid)).toBe('known');
    expect(gateway.calls).toHaveLength(before);
  });

  it('that comes before the task’s own fact writes it, once', async () => {
    const { authorise, capture, receiveNotice, gateway, kinds } = setup();
    await authorise(order);
    gateway.fail('capture', 'lost');
    await expect(capture(task)).rejects.toMatchObject({ name: 'PaymentUnknown' });

    expect(await receiveNotice(about('succeeded'), cid)).toBe('recorded');
    expect(await receiveNotice(about('succeeded'), cid)).toBe('known');
    expect(await capture(task)).toEqual({ captured: { amount: total } });

    expect((await kinds()).filter((kind) => kind === 'captured')).toHaveLength(1);
  });

  it('that comes late does not say how things are', async () => {
    const { authorise, capture, receiveNotice, kinds } = setup();
    await authorise(order);
    await capture(task);

    expect(await receiveNotice(about('canceled'), cid)).toBe('known');
    expect(await receiveNotice(about('payment_failed'), cid)).toBe('known');
    expect(await kinds()).toEqual(['opened', 'authorised', 'captured']);
  });

  it('of a cancellation at the gateway voids', async () => {
    const { authorise, receiveNotice, gateway, kinds } = setup();
    await authorise(order);
    for (const intent of gateway.intents.values()) intent.status = 'cancelled';

    expect(await receiveNotice(about('canceled'), cid)).toBe('recorded');
    expect(await kinds()).toEqual(['opened', 'authorised', 'voided']);
  });

  it('of an intent that lost the race for the ledger changes nothing', async () => {
    const { authorise, receiveNotice, gateway, kinds } = setup();
    await authorise(order);
    await gateway.createIntent({ ...order, paymentId: 'pay' as never, amount: total }, 'stray');

    expect(await receiveNotice(about('canceled', 'pi_2'), cid)).toBe('ignored');
    expect(await kinds()).toEqual(['opened', 'authorised']);
  });

  it('with a hint to somebody else’s order goes by what the gateway says', async () => {
    const { authorise, capture, receiveNotice, gateway, kinds } = setup();
    await authorise(order);
    gateway.fail('capture', 'lost');
    await expect(capture(task)).rejects.toMatchObject({ name: 'PaymentUnknown' });

    const misled = { ...about('succeeded'), orderHint: orderIdOf(8) };
    expect(await receiveNotice(misled, cid)).toBe('recorded');
    expect(await kinds()).toContain('captured');
  });

  it('about another amount is reported, not recorded as paid', async () => {
    const { authorise, receiveNotice, gateway, kinds, mismatches } = setup();
    gateway.fail('confirm', 'lost');
    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    for (const intent of gateway.intents.values()) intent.amount = usd(1);

    expect(await receiveNotice(about('amount_capturable_updated'), cid)).toBe('recorded');
    expect(await kinds()).toEqual(['opened', 'unknown', 'mismatch']);
    expect(mismatches).toHaveLength(1);
  });

  it.each([
    ['of an unknown type', { type: 'payout.paid', objectId: 'po_1' }],
    ['of an object that the gateway does not know', about('succeeded', 'pi_404')],
    ['of a refund that is not ours', refundNotice('updated')],
  ])('%s is acknowledged', async (_, notice) => {
    const { authorise, receiveNotice } = setup();
    await authorise(order);

    expect(await receiveNotice(notice, cid)).toBe('ignored');
  });

  it('of a refund that was pending records it once', async () => {
    const { authorise, capture, requestRefund, settleRefund, receiveNotice, gateway, kinds } = setup();
    await authorise(order);
    await capture(task);
    gateway.refundStatus = 'pending';
    await requestRefund({ ...task, requestId: '1' });
    await settleRefund({ ...task, refundId: refundIdOf(1) });
    for (const [id, refund] of gateway.refunds) gateway.refunds.set(id, { ...refund, status: 'refunded' });

    expect(await receiveNotice(refundNotice('updated'), cid)).toBe('recorded');
    expect(await receiveNotice(refundNotice('updated'), cid)).toBe('known');
    for (const [id, refund] of gateway.refunds) gateway.refunds.set(id, { ...refund, status: 'failed' });
    expect(await receiveNotice(refundNotice('failed'), cid)).toBe('recorded');

    expect((await kinds()).slice(3)).toEqual(['refund-requested', 'refunded', 'refund-failed']);
  });

  it('is sent again while the gateway gives no answer', async () => {
    const { authorise, receiveNotice, gateway } = setup();
    await authorise(order);
    gateway.fail('retrieve', 'never');

    await expect(receiveNotice(about('succeeded'), cid)).rejects.toMatchObject({
      code: 'GATEWAY_UNAVAILABLE',
    });
  });
});
