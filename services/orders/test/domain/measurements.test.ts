import { describe, expect, it } from 'vitest';
import { measurementsOf } from '../../src/domain/measurements.js';
import { advance, applyCapture, type Order } from '../../src/domain/order.js';
import { anOrder, later, now, usd } from '../builders.js';

const seconds = (count: number) => new Date(now.getTime() + count * 1000);
const confirmed = (at: Date): Order => applyCapture(anOrder(), usd(2800), at);
const late = (value: number) => ({ name: 'OrdersLate', value });

describe('what an order’s last write says in numbers', () => {
  it('is that it was placed', () => {
    expect(measurementsOf(anOrder())).toEqual([{ name: 'OrdersPlaced', value: 1 }]);
  });

  it('is its revenue in minor units, how long the checkout took, and that it was in time', () => {
    expect(measurementsOf(confirmed(seconds(30)))).toEqual([
      { name: 'OrdersConfirmed', value: 1 },
      { name: 'RevenueMinorUnits', value: 2800, dimensions: { currency: 'USD' } },
      late(0),
      { name: 'CheckoutDuration', value: 30_000, dimensions: { outcome: 'confirmed' } },
    ]);
  });

  it('is that the customer waited too long', () => {
    expect(measurementsOf(confirmed(seconds(31)))).toContainEqual(late(1));
  });

  it('is why it was refused, which counts as in time', () => {
    const order = advance(anOrder(), 'payment-voided', { at: seconds(2), reason: 'card_declined' });
    expect(measurementsOf(order)).toEqual([
      { name: 'OrdersRefused', value: 1, dimensions: { reason: 'card_declined' } },
      late(0),
      { name: 'CheckoutDuration', value: 2_000, dimensions: { outcome: 'refused' } },
    ]);
  });

  it('is that it was parked: late at once, because its customer goes on waiting', () => {
    const order = advance(anOrder(), 'checkout-parked', { at: seconds(1), reason: 'payment_unknown' });
    expect(measurementsOf(order)).toEqual([
      { name: 'OrdersParked', value: 1, dimensions: { reason: 'payment_unknown' } },
      late(1),
    ]);
  });

  it('is nothing about a checkout that was restarted or asked to cancel', () => {
    expect(measurementsOf(advance(anOrder(), 'restarted', { at: later(2) }))).toEqual([]);
    expect(measurementsOf(advance(anOrder(), 'cancel-requested', { at: later(2) }))).toEqual([]);
  });

  it('is only the cancellation where it had been confirmed before', () => {
    const cancelling = advance(confirmed(seconds(5)), 'cancel-requested', { at: later(60) });
    expect(measurementsOf(cancelling)).toEqual([]);
    const cancelled = advance(cancelling, 'payment-refunded', { at: later(61) });
    expect(measurementsOf(cancelled)).toEqual([{ name: 'OrdersCancelled', value: 1 }]);
  });

  it('is the cancellation once, though its refund fails later and is made again', () => {
    const cancelling = advance(confirmed(seconds(5)), 'cancel-requested', { at: later(60) });
    const cancelled = advance(cancelling, 'payment-refunded', { at: later(61) });
    const parked = advance(cancelled, 'refund-failed', { at: later(90), reason: 'refund_failed' });
    expect(measurementsOf(parked)).toEqual([
      { name: 'OrdersParked', value: 1, dimensions: { reason: 'refund_failed' } },
    ]);
    const refundedAgain = advance(parked, 'payment-refunded', { at: later(120) });
    expect(refundedAgain.status).toBe('cancelled');
    expect(measurementsOf(refundedAgain)).toEqual([]);
  });

  it.each([
    ['cancelled', 'payment-voided'],
    ['cancelling', 'payment-captured'],
  ] as const)('is that it was decided in time where it became %s before anything else', (status, trigger) => {
    const asked = advance(anOrder(), 'cancel-requested', { at: seconds(1) });
    const decided = advance(asked, trigger, { at: seconds(2) });
    expect(decided.status).toBe(status);
    expect(measurementsOf(decided)).toContainEqual(late(0));
  });
});
