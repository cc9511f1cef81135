import type { ClosingReason, Money, OrderId } from '@shipline/contracts';
import { advance, applyCapture, applyRefund, applyVoid, type Order } from '../domain/order.js';
import type { ChangeOrder } from './change-order.js';

/** What the ledger says about an order's money. Each may be said again: then nothing changes. */
export interface SettlePayment {
  captured(orderId: OrderId, amount: Money): Promise<Order>;
  voided(orderId: OrderId, reason?: ClosingReason): Promise<Order>;
  /** `total`: everything refunded so far. */
  refunded(orderId: OrderId, total: Money): Promise<Order>;
  refundFailed(orderId: OrderId): Promise<Order>;
  /** The money is not where the order's state would have it: somebody has to look. */
  mismatched(orderId: OrderId): Promise<Order>;
}

/** @throws {OrderContradiction} where the protocol rules it out */
export const makeSettlePayment = ({
  changeOrder,
  now,
}: {
  changeOrder: ChangeOrder;
  now: () => Date;
}): SettlePayment => ({
  captured: (orderId, amount) => changeOrder(orderId, (order) => applyCapture(order, amount, now())),
  voided: (orderId, reason) => changeOrder(orderId, (order) => applyVoid(order, reason, now())),
  refunded: (orderId, total) => changeOrder(orderId, (order) => applyRefund(order, total, now())),
  mismatched: (orderId) =>
    changeOrder(orderId, (order) =>
      advance(order, 'payment-mismatched', { at: now(), reason: 'payment_mismatch' }),
    ),
  refundFailed: (orderId) =>
    changeOrder(orderId, (order) => advance(order, 'refund-failed', { at: now(), reason: 'refund_failed' })),
});
