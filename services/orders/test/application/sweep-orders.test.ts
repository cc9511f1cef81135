import { setImmediate as nextTurn } from 'node:timers/promises';
import { OrderId } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { advance, applyCapture, executionName, type Order } from '../../src/domain/order.js';
import { anOrder, later, now, orderId, usd } from '../builders.js';
import { setup } from '../shop.js';

const total = usd(2800);
const none = { left: 0, settled: 0, restarted: 0, parked: 0, complete: true };
const input = (order: Order) => ({
  orderId: order.id,
  customerId: order.customerId,
  total,
  paymentMethodId: order.paymentMethodId,
  correlationId: order.correlationId,
});

const twenty = [...'0123456789ABCDEFGHJK'].map((last) => OrderId.parse(`${orderId.slice(0, -1)}${last}`));
const cancelling = () => advance(applyCapture(anOrder(), total, now), 'cancel-requested', { at: now });
/** Time for so many. */
const atMost = (count: number) => () => count-- > 0;

/** An order whose execution ended three minutes ago without saying so. */
async function withDead(order = anOrder()) {
  const shop = setup({ at: later(3) });
  shop.orders.store(order);
  shop.orders.writes.length = 0;
  await shop.checkouts.start(executionName(order), input(order));
  shop.checkouts.ended.add(executionName(order));
  return shop;
}

describe('sweeping', () => {
  it('leaves an order alone that was written a moment ago', async () => {
    const shop = setup({ at: later(1.9) });
    shop.orders.store(anOrder());

    expect(await shop.sweepOrders()).toEqual(none);
  });

  it('leaves a checkout alone that is running', async () => {
    const shop = await withDead();
    shop.checkouts.ended.clear();

    expect(await shop.sweepOrders()).toEqual({ ...none, left: 1 });
    expect(shop.orders.writes).toEqual([]);
  });

  it('starts a checkout that was never started, under its own name', async () => {
    const shop = setup({ at: later(3) });
    shop.orders.store(anOrder());
    shop.orders.writes.length = 0;

    expect(await shop.sweepOrders()).toEqual({ ...none, restarted: 1 });
    expect([...shop.checkouts.started]).toEqual([[orderId, input(anOrder())]]);
    expect(shop.orders.writes).toEqual([]);
  });

  it('applies a capture whose event was lost', async () => {
    const shop = await withDead();
    shop.payments.known.set(orderId, { state: 'captured', amount: total });

    expect(await shop.sweepOrders()).toEqual({ ...none, settled: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'confirmed' });
    expect(shop.checkouts.started.size).toBe(1);
  });

  it('does not restart what was captured when the amount is missing: that is a fault', async () => {
    const shop = await withDead();
    shop.payments.known.set(orderId, { state: 'captured' });

    await expect(shop.sweepOrders()).rejects.toThrow('1 could not be swept');
    expect(shop.orders.writes).toEqual([]);
  });

  it('applies a void whose event was lost', async () => {
    const shop = await withDead();
    shop.payments.known.set(orderId, { state: 'voided', reason: 'card_declined' });

    expect(await shop.sweepOrders()).toEqual({ ...none, settled: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'refused', reason: 'card_declined' });
  });

  it.each(['none', 'opened', 'authorised', 'unknown'] as const)(
    'starts again what died when the ledger says %s, without an event',
    async (state) => {
      const shop = await withDead();
      shop.payments.known.set(orderId, { state });

      expect(await shop.sweepOrders()).toEqual({ ...none, restarted: 1 });
      expect(shop.checkouts.started.get(`${orderId}.2`)).toEqual(input(anOrder()));
      expect(shop.orders.writes.map(({ history }) => history.at(-1)?.emits)).toEqual(['nothing']);
    },
  );

  it('parks an order after five attempts', async () => {
    const shop = await withDead({ ...anOrder(), attempt: 5 });

    expect(await shop.sweepOrders()).toEqual({ ...none, parked: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({
      status: 'review',
      reason: 'payment_unknown',
    });
    expect(shop.checkouts.started.size).toBe(1);
  });

  it('parks a cancellation after five requests for its refund', async () => {
    const shop = await withDead({ ...cancelling(), attempt: 5 });
    shop.payments.known.set(orderId, { state: 'captured', amount: total });

    expect(await shop.sweepOrders()).toEqual({ ...none, parked: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'review', reason: 'refund_overdue' });
  });

  it('asks again for a refund that got lost, and starts no checkout', async () => {
    const shop = await withDead(cancelling());
    shop.payments.known.set(orderId, { state: 'captured', amount: total });

    expect(await shop.sweepOrders()).toEqual({ ...none, restarted: 1 });
    expect(shop.orders.writes[0]?.history.at(-1)).toMatchObject({ emits: 'order.cancelling.v1', version: 4 });
    expect(shop.checkouts.started.size).toBe(1);
  });

  it('applies a refund whose event was lost', async () => {
    const shop = await withDead({ ...cancelling(), attempt: 5 });
    shop.payments.known.set(orderId, { state: 'refunded', amount: total });

    expect(await shop.sweepOrders()).toEqual({ ...none, settled: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'cancelled' });
  });

  it('waits for a refund that is under way, and counts no attempt', async () => {
    const shop = await withDead({ ...cancelling(), attempt: 5 });
    shop.payments.known.set(orderId, { state: 'captured', amount: total, refundPending: true });

    expect(await shop.sweepOrders()).toEqual({ ...none, left: 1 });
    expect(shop.orders.writes).toEqual([]);
  });

  it('parks a paid order whose payment the ledger calls void', async () => {
    const shop = await withDead(cancelling());
    shop.payments.known.set(orderId, { state: 'voided' });

    expect(await shop.sweepOrders()).toEqual({ ...none, parked: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({ status: 'review' });
  });

  it('neither confirms nor pays again an order whose money went back before it was confirmed', async () => {
    const shop = await withDead();
    shop.payments.known.set(orderId, { state: 'refunded', amount: total });

    expect(await shop.sweepOrders()).toEqual({ ...none, parked: 1 });
    expect(await shop.orders.findById(orderId)).toMatchObject({
      status: 'review',
      reason: 'payment_mismatch',
    });
    expect(shop.checkouts.started.size).toBe(1);
  });

  it('starts once when two sweeps run at once', async () => {
    const shop = await withDead();

    const reports = await Promise.all([shop.sweepOrders(), shop.sweepOrders()]);

    expect(reports.map(({ restarted }) => restarted).sort()).toEqual([0, 1]);
    expect([...shop.checkouts.started.keys()]).toEqual([orderId, `${orderId}.2`]);
  });

  it('continues under the raised name when it crashed between storing and starting', async () => {
    const shop = await withDead();
    shop.checkouts.down = true;
    await expect(shop.sweepOrders()).rejects.toThrow('1 could not be swept');
    const later6 = setup({ at: later(6) });
    const stored = await shop.orders.findById(orderId);
    if (stored) later6.orders.store(stored);

    expect(await later6.sweepOrders()).toEqual({ ...none, restarted: 1 });
    expect([...later6.checkouts.started.keys()]).toEqual([`${orderId}.2`]);
  });

  it('does not touch what was settled meanwhile: the index lags behind', async () => {
    const shop = await withDead(applyCapture(anOrder(), total, now));
    shop.orders.openBefore = async function* () {
      yield orderId;
    };

    expect(await shop.sweepOrders()).toEqual({ ...none, left: 1 });
  });

  it('is not held up by one that fails, and fails at the end', async () => {
    const shop = await withDead();
    const other = OrderId.parse(`${orderId.slice(0, -1)}0`);
    shop.orders.store(anOrder({ id: other }));
    shop.payments.lookUp = async (id) => {
      if (id === orderId) throw new Error('no answer');
      return { state: 'voided' };
    };

    await expect(shop.sweepOrders()).rejects.toThrow('1 could not be swept');
    expect((await shop.orders.findById(other))?.status).toBe('refused');
    expect(shop.unswept).toEqual([[orderId, new Error('no answer')]]);
  });

  it('looks at several at once, and at no more than eight', async () => {
    const shop = setup({ at: later(3) });
    for (const id of twenty) shop.orders.store(anOrder({ id }));
    let atOnce = 0;
    let most = 0;
    shop.payments.lookUp = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await nextTurn();
      atOnce -= 1;
      return { state: 'voided' };
    };

    expect(await shop.sweepOrders()).toEqual({ ...none, settled: 20 });
    expect(most).toBe(8);
  });

  it('begins where chance has it', async () => {
    const shop = setup({ at: later(3), random: () => 0.5, mayGoOn: atMost(1) });
    for (const id of twenty) shop.orders.store(anOrder({ id }));

    await shop.sweepOrders();

    expect([...shop.checkouts.started.keys()]).toEqual([twenty[10]]);
  });

  it('takes no further order when its time is up, finishes those it took, and says so', async () => {
    const shop = setup({ at: later(3), mayGoOn: atMost(3) });
    for (const id of twenty) shop.orders.store(anOrder({ id }));

    expect(await shop.sweepOrders()).toEqual({ ...none, restarted: 3, complete: false });
    expect([...shop.checkouts.started.keys()]).toEqual(twenty.slice(0, 3));
  });
});
