import type { OrderStatus } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { OrderMissing } from '../../src/application/change-order.js';
import { advance, applyCapture, applyRefund, applyVoid, type Order } from '../../src/domain/order.js';
import { OrderContradiction } from '../../src/domain/order-error.js';
import { anOrder, customerId, later, orderId, usd } from '../builders.js';
import { setup } from '../shop.js';

const at = later(1);
const total = usd(2800);
const asked = advance(anOrder(), 'cancel-requested', { at });
const confirmed = applyCapture(anOrder(), total, at);
const cancelling = advance(confirmed, 'cancel-requested', { at });
const inState: Record<Exclude<OrderStatus, 'shipped'>, Order> = {
  placed: anOrder(),
  confirmed,
  cancelling,
  cancelled: applyRefund(cancelling, total, at),
  refused: applyVoid(anOrder(), 'card_declined', at),
  review: advance(anOrder(), 'checkout-parked', { at, reason: 'payment_unknown' }),
};
const shipped: Order = { ...confirmed, status: 'shipped' };

function withOrder(order: Order) {
  const shop = setup({ at: later(5) });
  shop.orders.store(order);
  shop.orders.writes.length = 0;
  return shop;
}
const input = { orderId, customerId };

describe('cancelling', () => {
  it.each([
    ['placed', inState.placed, 'placed', 'order.cancel-requested.v1'],
    ['confirmed', confirmed, 'cancelling', 'order.cancelling.v1'],
    ['in review', inState.review, 'review', 'order.cancel-requested.v1'],
  ] as const)('changes an order that is %s', async (_, order, status, emits) => {
    const { cancelOrder, orders } = withOrder(order);

    const cancelled = await cancelOrder(input);

    expect(cancelled).toMatchObject({ status, cancelRequestedAt: later(5).toISOString() });
    expect(orders.writes).toHaveLength(1);
    expect(cancelled.history.at(-1)?.emits).toBe(emits);
  });

  it.each([
    ['asked for already', asked],
    ['cancelling', cancelling],
    ['cancelled', inState.cancelled],
  ])('changes nothing when it is %s', async (_, order) => {
    const { cancelOrder, orders } = withOrder(order);

    expect(await cancelOrder(input)).toEqual(order);
    expect(orders.writes).toEqual([]);
  });

  it.each([
    ['refused', inState.refused],
    ['shipped', shipped],
  ])('comes too late for an order that is %s', async (_, order) => {
    await expect(withOrder(order).cancelOrder(input)).rejects.toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
    });
  });

  it('does not tell a stranger’s order from none', async () => {
    const { cancelOrder, orders } = withOrder(anOrder());
    const notFound = { code: 'ORDER_NOT_FOUND' };

    await expect(cancelOrder({ orderId, customerId: 'stranger' })).rejects.toMatchObject(notFound);
    await expect(setup().cancelOrder(input)).rejects.toMatchObject(notFound);
    expect(orders.writes).toEqual([]);
  });

  it('decides anew when the capture comes first', async () => {
    const { cancelOrder, orders } = withOrder(anOrder());
    orders.beforeWrite = () => {
      orders.beforeWrite = undefined;
      orders.store(confirmed);
    };

    expect((await cancelOrder(input)).status).toBe('cancelling');
  });

  it('gives up when others keep coming first', async () => {
    const { cancelOrder, orders } = withOrder(anOrder());
    orders.beforeWrite = () => {
      const current = orders.orders.get(orderId);
      if (current) orders.store(advance(current, 'restarted', { at }));
    };

    await expect(cancelOrder(input)).rejects.toMatchObject({ code: 'ORDER_CHANGED' });
  });
});

describe('what the ledger says', () => {
  it('confirms, refuses, cancels', async () => {
    expect((await withOrder(anOrder()).settlePayment.captured(orderId, total)).status).toBe('confirmed');
    expect((await withOrder(asked).settlePayment.captured(orderId, total)).status).toBe('cancelling');
    expect(await withOrder(anOrder()).settlePayment.voided(orderId, 'card_declined')).toMatchObject({
      status: 'refused',
      reason: 'card_declined',
    });
    expect((await withOrder(cancelling).settlePayment.refunded(orderId, total)).status).toBe('cancelled');
    expect((await withOrder(cancelling).settlePayment.refundFailed(orderId)).status).toBe('review');
  });

  it('may be said again without another write', async () => {
    const { settlePayment, orders } = withOrder(anOrder());

    await settlePayment.captured(orderId, total);
    await settlePayment.captured(orderId, total);

    expect(orders.writes).toHaveLength(1);
  });

  it('is a fault for an order that nobody placed', async () => {
    await expect(setup().settlePayment.captured(orderId, total)).rejects.toThrow(OrderMissing);
  });

  it('is a fault where it cannot be, so that the message is not lost', async () => {
    await expect(withOrder(anOrder()).settlePayment.refunded(orderId, total)).rejects.toThrow(
      OrderContradiction,
    );
  });
});

describe('the checkout’s own tasks', () => {
  it('close: refused with the reason, or cancelled where that was asked for', async () => {
    const refused = withOrder(anOrder());

    expect(await refused.closeOrder({ orderId, reason: 'reservation_gone' })).toEqual({
      closed: { status: 'refused' },
    });
    expect((await refused.orders.findById(orderId))?.reason).toBe('reservation_gone');
    expect(await withOrder(asked).closeOrder({ orderId, reason: 'reservation_gone' })).toEqual({
      closed: { status: 'cancelled' },
    });
  });

  it('close: repeats harmlessly what the event said first', async () => {
    const { closeOrder, orders } = withOrder(inState.refused);

    expect(await closeOrder({ orderId, reason: 'payment_failed' })).toEqual({
      closed: { status: 'refused' },
    });
    expect(orders.writes).toEqual([]);
  });

  it('park: in review where it is unfinished, as it is where it is settled', async () => {
    const reason = 'payment_unknown' as const;

    expect(await withOrder(anOrder()).parkOrder({ orderId, reason })).toEqual({
      parked: { status: 'review' },
    });
    expect(await withOrder(confirmed).parkOrder({ orderId, reason })).toEqual({
      parked: { status: 'confirmed' },
    });
  });
});

describe('reading', () => {
  it('shows the customer’s own order only', async () => {
    const { getOrder } = withOrder(anOrder());

    expect(await getOrder(input)).toEqual(anOrder());
    await expect(getOrder({ orderId, customerId: 'stranger' })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    });
    await expect(setup().getOrder(input)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' });
  });
});
