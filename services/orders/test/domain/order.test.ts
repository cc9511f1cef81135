import { describe, expect, it } from 'vitest';
import {
  advance,
  applyCapture,
  applyRefund,
  applyVoid,
  executionName,
  isOpen,
  lastEntry,
  type Order,
} from '../../src/domain/order.js';
import { OrderContradiction, OrderError } from '../../src/domain/order-error.js';
import { anOrder, later, orderId, usd } from '../builders.js';

const total = usd(2800);
const ask = (order: Order) => advance(order, 'cancel-requested', { at: later(1) });
const confirmed = () => applyCapture(anOrder(), total, later(2));
const parked = (order: Order) =>
  advance(order, 'checkout-parked', { at: later(3), reason: 'payment_unknown' });

describe('a placed order', () => {
  it('begins at version 1, open, and emits nothing yet', () => {
    const order = anOrder();

    expect(order).toMatchObject({ status: 'placed', version: 1, attempt: 1 });
    expect(isOpen(order)).toBe(true);
    expect(lastEntry(order).emits).toBe('nothing');
    expect(executionName(order)).toBe(orderId);
  });

  it('is confirmed by the capture of its total', () => {
    expect(confirmed()).toMatchObject({ status: 'confirmed', version: 2 });
    expect(isOpen(confirmed())).toBe(false);
  });

  it.each([usd(2799), usd(2801), { amount: 2800, currency: 'EUR' }])(
    'is parked by a capture of %o',
    (amount) => {
      const order = applyCapture(anOrder(), amount, later(2));

      expect(order).toMatchObject({ status: 'review', reason: 'payment_mismatch' });
      expect(applyCapture(order, amount, later(3))).toBe(order);
    },
  );

  it('is refused with the reason of the void', () => {
    expect(applyVoid(anOrder(), 'card_declined', later(1))).toMatchObject({
      status: 'refused',
      reason: 'card_declined',
    });
    expect(applyVoid(anOrder(), undefined, later(1))).toMatchObject({ reason: 'checkout_failed' });
  });

  it('is parked by a void after another amount at the gateway, also when it is to be cancelled', () => {
    for (const placed of [anOrder(), ask(anOrder())]) {
      const order = applyVoid(placed, 'payment_mismatch', later(2));

      expect(order).toMatchObject({ status: 'review', reason: 'payment_mismatch' });
      expect(lastEntry(order).emits).toBe('order.parked.v1');
      expect(applyVoid(order, 'payment_mismatch', later(3))).toBe(order);
    }
  });

  it('is cancelled by the void, and refunded after the capture, once that was asked for', () => {
    expect(applyVoid(ask(anOrder()), 'card_declined', later(2))).toMatchObject({
      status: 'cancelled',
      reason: 'cancelled_by_customer',
    });
    expect(applyCapture(ask(anOrder()), total, later(2))).toMatchObject({ status: 'cancelling' });
  });

  it('stays placed when its cancellation is asked for, and asking again changes nothing', () => {
    const asked = ask(anOrder());

    expect(asked).toMatchObject({ status: 'placed', cancelRequestedAt: later(1).toISOString() });
    expect(asked.reason).toBeUndefined();
    expect(lastEntry(asked).emits).toBe('order.cancel-requested.v1');
    expect(ask(asked)).toBe(asked);
  });

  it('gets a new execution name with every restart', () => {
    const again = advance(anOrder(), 'restarted', { at: later(2) });

    expect(executionName(again)).toBe(`${orderId}.2`);
    expect(lastEntry(again).emits).toBe('nothing');
  });

  it('cannot be refunded', () => {
    expect(() => applyRefund(anOrder(), total, later(1))).toThrow(OrderContradiction);
  });
});

describe('a confirmed order', () => {
  it('is refunded when it is cancelled, and cancelled by the whole refund only', () => {
    const cancelling = ask(confirmed());

    expect(cancelling).toMatchObject({ status: 'cancelling', reason: 'cancelled_by_customer' });
    expect(isOpen(cancelling)).toBe(true);
    expect(applyRefund(cancelling, usd(100), later(4))).toBe(cancelling);
    expect(applyRefund(cancelling, total, later(4))).toMatchObject({ status: 'cancelled' });
  });

  it('is not changed by the same capture again', () => {
    const order = confirmed();

    expect(applyCapture(order, total, later(3))).toBe(order);
  });
});

describe('an order in review', () => {
  it('keeps the reason why it is there when its cancellation is asked for', () => {
    const order = ask(parked(anOrder()));

    expect(order).toMatchObject({ status: 'review', reason: 'payment_unknown' });
    expect(lastEntry(order)).toMatchObject({
      emits: 'order.cancel-requested.v1',
      reason: 'cancelled_by_customer',
    });
  });

  it('is settled by what turns up later', () => {
    expect(applyCapture(parked(anOrder()), total, later(4)).status).toBe('confirmed');
    expect(applyCapture(parked(ask(anOrder())), total, later(4)).status).toBe('cancelling');
    expect(applyVoid(parked(anOrder()), 'card_declined', later(4)).status).toBe('refused');
  });

  it('stays there when a closed order turned out to be paid, however often that is said', () => {
    const closed = applyVoid(anOrder(), 'card_declined', later(1));

    const contradicted = applyCapture(closed, total, later(2));

    expect(contradicted).toMatchObject({ status: 'review', reason: 'payment_mismatch' });
    expect(applyCapture(contradicted, total, later(3))).toBe(contradicted);
  });

  it('is closed by whoever looked at the amount, and is not parked again by an event that comes twice', () => {
    const refused = applyVoid(applyVoid(anOrder(), 'payment_mismatch', later(1)), 'payment_failed', later(2));

    expect(refused).toMatchObject({ status: 'refused', reason: 'payment_failed' });
    expect(applyVoid(refused, 'payment_mismatch', later(3))).toBe(refused);
  });

  it('stays there when its refund failed, until a refund succeeds', () => {
    const failed = advance(ask(confirmed()), 'refund-failed', { at: later(4), reason: 'refund_failed' });

    expect(failed).toMatchObject({ status: 'review', reason: 'refund_failed' });
    expect(applyCapture(failed, total, later(5))).toBe(failed);
    expect(applyRefund(failed, total, later(6)).status).toBe('cancelled');
  });
});

describe('a closed order', () => {
  it('goes to review when it turns out to be paid, unless it was paid before', () => {
    const unpaid = applyVoid(ask(anOrder()), undefined, later(2));
    const refunded = applyRefund(ask(confirmed()), total, later(4));

    expect(applyCapture(unpaid, total, later(5))).toMatchObject({
      status: 'review',
      reason: 'payment_mismatch',
    });
    expect(applyCapture(refunded, total, later(5))).toBe(refunded);
  });

  it('refuses its cancellation when it was refused, and repeats it when it was cancelled', () => {
    const refused = applyVoid(anOrder(), 'card_declined', later(1));
    const cancelled = applyVoid(ask(anOrder()), undefined, later(2));

    expect(() => ask(refused)).toThrow(new OrderError('ORDER_NOT_CANCELLABLE'));
    expect(ask(cancelled)).toBe(cancelled);
  });

  it('goes to review when its refund fails afterwards', () => {
    const cancelled = applyRefund(ask(confirmed()), total, later(4));

    expect(advance(cancelled, 'refund-failed', { at: later(9), reason: 'refund_failed' }).status).toBe(
      'review',
    );
  });
});
