import { OrderId } from '@shipline/contracts';
import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import { makeChangeOrder } from '../../src/application/change-order.js';
import { advance, applyCapture, applyVoid, type Order } from '../../src/domain/order.js';
import type { Orders } from '../../src/ports/orders.js';
import { anOrder, later, now, orderId, usd } from '../builders.js';

const ids = [...'0123456789'].map((digit) => OrderId.parse(`${orderId.slice(0, -1)}${digit}`));
const changed = expect.objectContaining({ code: 'ORDER_CHANGED' });

/** What every store of orders must do, the fake and DynamoDB alike. */
export const describeOrders = contract<Orders>('a store of orders', (orders) => {
  const stored = async (order: Order) => {
    expect(await orders().add(order)).toBe('added');
    return order;
  };
  const openIds = async (time: Date, start = 0) => {
    const found: OrderId[] = [];
    for await (const id of orders().openBefore(time, start)) found.push(id);
    return found.sort();
  };

  it('gives back what was stored, whatever is optional', async () => {
    const full = await stored(anOrder({ cartVersion: 0 }));
    const closed = applyVoid(full, 'card_declined', later(1));

    expect(await orders().findById(full.id)).toEqual(full);
    await orders().save(closed);
    expect(await orders().findById(full.id)).toEqual(closed);
  });

  it('finds nothing where nothing is', async () => {
    expect(await orders().findById(orderId)).toBeUndefined();
  });

  it('adds an order once', async () => {
    await stored(anOrder());

    expect(await orders().add(anOrder({ correlationId: 'another' }))).toBe('exists');
    expect(await orders().findById(orderId)).toEqual(anOrder());
  });

  it('refuses a version that another writer saved first, whichever comes first', async () => {
    for (const [index, id] of ids.slice(0, 2).entries()) {
      const order = await stored(anOrder({ id }));
      const cancelled = advance(order, 'cancel-requested', { at: later(1) });
      const captured = applyCapture(order, usd(2800), later(1));
      const [first, second] = index === 0 ? [cancelled, captured] : [captured, cancelled];
      await orders().save(first);

      await expect(orders().save(second)).rejects.toEqual(changed);
      expect(await orders().findById(id)).toEqual(first);
    }
  });

  it('refuses to save what was never added', async () => {
    const next = advance(anOrder(), 'restarted', { at: later(1) });

    await expect(orders().save(next)).rejects.toEqual(changed);
  });

  it('refuses to confirm what is to be cancelled, even at the right version', async () => {
    const asked = advance(await stored(anOrder()), 'cancel-requested', { at: later(1) });
    await orders().save(asked);

    await expect(orders().save({ ...asked, status: 'confirmed', version: 3 })).rejects.toEqual(changed);
  });

  it('lists a customer’s orders a page at a time, newest first, and nobody else’s', async () => {
    for (const [index, id] of ids.entries()) await stored(anOrder({ id }, later(index)));
    await stored(anOrder({ id: orderId, customerId: 'somebody-else' }, later(3)));
    const { customerId } = anOrder();
    const seen: OrderId[] = [];

    let page = await orders().listByCustomer({ customerId, limit: 4 });
    for (;;) {
      seen.push(...page.orders.map(({ id }) => id));
      if (!page.next) break;
      page = await orders().listByCustomer({ customerId, limit: 4, after: page.next });
    }

    expect(seen).toEqual(ids.toReversed());
    expect(page.orders).toHaveLength(2);
    expect(page.orders[0]).toEqual({
      id: ids[1],
      status: 'placed',
      total: usd(2800),
      createdAt: later(1).toISOString(),
    });
  });

  it('has no further page when the last one is just full', async () => {
    await stored(anOrder());

    expect(
      (await orders().listByCustomer({ customerId: anOrder().customerId, limit: 1 })).next,
    ).toBeUndefined();
  });

  it('finds unfinished orders that were left alone, and only those', async () => {
    const [placed, restarted, confirmed, cancelling, parked] = ids.map((id) => anOrder({ id }));
    if (!placed || !restarted || !confirmed || !cancelling || !parked) throw new TypeError('ten ids');
    for (const order of [placed, restarted, confirmed, cancelling, parked]) await stored(order);
    await orders().save(advance(restarted, 'restarted', { at: later(5) }));
    await orders().save(applyCapture(confirmed, usd(2800), later(1)));
    const paid = applyCapture(cancelling, usd(2800), later(1));
    await orders().save(paid);
    await orders().save(advance(paid, 'cancel-requested', { at: later(2) }));
    await orders().save(advance(parked, 'checkout-parked', { at: later(1), reason: 'payment_unknown' }));

    expect(await openIds(new Date(now.getTime() - 1))).toEqual([]);
    expect(await openIds(now)).toEqual([placed.id]);
    expect(await openIds(later(2))).toEqual([placed.id, cancelling.id].sort());
    for (const start of [0, 0.5, 0.999])
      expect(await openIds(later(5), start)).toEqual([placed.id, restarted.id, cancelling.id].sort());
  });

  it('lets a cancellation and a capture at once end in one order of the two', async () => {
    for (const id of ids) {
      await stored(anOrder({ id }));
      const changeOrder = makeChangeOrder({ orders: orders() });

      await Promise.all([
        changeOrder(id, (order) => advance(order, 'cancel-requested', { at: later(1) })),
        changeOrder(id, (order) => applyCapture(order, usd(2800), later(1))),
      ]);

      const order = await orders().findById(id);
      expect(order?.status).toBe('cancelling');
      expect(order?.history.map(({ version }) => version)).toEqual([1, 2, 3]);
    }
  });
});
