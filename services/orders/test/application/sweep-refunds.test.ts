import { describe, expect, it } from 'vitest';
import { advance, applyCapture } from '../../src/domain/order.js';
import { anOrder, later, now, orderId, usd } from '../builders.js';
import { setup } from '../shop.js';

const total = usd(2800);
const none = { left: 0, settled: 0, restarted: 0, parked: 0, complete: true };
const days = (count: number) => later(count * 24 * 60);
/** After the order was last written. */
const sixHoursOn = later(30 * 60);

/** Paid and cancelled on the first day, asked for again on the second. */
const waiting = () =>
  advance(advance(applyCapture(anOrder(), total, now), 'cancel-requested', { at: now }), 'restarted', {
    at: days(1),
  });

async function sweptOn(at: Date) {
  const shop = setup({ at });
  shop.orders.store(waiting());
  shop.orders.writes.length = 0;
  shop.payments.known.set(orderId, { state: 'captured', amount: total, refundPending: true });
  return { ...shop, report: await shop.sweepOrders() };
}

describe('sweeping a refund that never ends', () => {
  it('is waited for while its bank may be at it', async () => {
    const { report, orders } = await sweptOn(new Date(sixHoursOn.getTime() - 1));

    expect(report).toEqual({ ...none, left: 1 });
    expect(orders.writes).toEqual([]);
  });

  it.each([sixHoursOn, days(14)])('is asked for again, because its request may be lost: %s', async (at) => {
    const { report, orders, checkouts } = await sweptOn(at);

    expect(report).toEqual({ ...none, restarted: 1 });
    const order = await orders.findById(orderId);
    expect(order).toMatchObject({ status: 'cancelling', version: 5 });
    expect(order?.history.at(-1)).toMatchObject({ emits: 'order.cancelling.v1' });
    expect(checkouts.started.size).toBe(0);
  });

  it('is put aside for a person after two weeks, who is told', async () => {
    const { report, orders } = await sweptOn(new Date(days(14).getTime() + 1));

    expect(report).toEqual({ ...none, parked: 1 });
    const order = await orders.findById(orderId);
    expect(order).toMatchObject({ status: 'review', reason: 'refund_overdue', version: 5 });
    expect(order?.history.at(-1)).toMatchObject({ emits: 'order.parked.v1' });
  });

  it('still ends in a cancelled order, should the money arrive after all', async () => {
    const { orders, settlePayment } = await sweptOn(days(15));

    await settlePayment.refunded(orderId, total);

    expect(await orders.findById(orderId)).toMatchObject({ status: 'cancelled' });
  });

  it('is left to whoever wrote the order meanwhile', async () => {
    const shop = setup({ at: days(15) });
    shop.orders.store(waiting());
    shop.payments.lookUp = async () => {
      await shop.settlePayment.refunded(orderId, total);
      return { state: 'captured', amount: total, refundPending: true };
    };

    expect(await shop.sweepOrders()).toEqual({ ...none, left: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'cancelled' });
  });
});
