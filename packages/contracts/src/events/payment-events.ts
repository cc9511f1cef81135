import * as z from 'zod/mini';
import { ClosingReason } from '../checkout.js';
import { OrderId, PaymentId, RefundId } from '../ids.js';
import { Money } from '../money.js';
import { defineEvent } from './envelope.js';

const source = 'shipline.payments';
const suffix = '01JZ8QK3T5V7X9BCDEFGHJKMNP';
const orderId = OrderId.parse(`ord_${suffix}`);
const paymentId = PaymentId.parse(`pay_${suffix}`);
const refundId = RefundId.parse(`ref_${suffix}`);
const amount = { amount: 2800, currency: 'USD' };

const payment = z.object({ orderId: OrderId, paymentId: PaymentId });
const refund = z.extend(payment, { refundId: RefundId, amount: Money });

export const paymentCaptured = defineEvent({
  type: 'payment.captured.v1',
  source,
  data: z.extend(payment, { amount: Money }),
  example: { orderId, paymentId, amount },
});

export const paymentVoided = defineEvent({
  type: 'payment.voided.v1',
  source,
  data: z.extend(payment, { reason: z.optional(ClosingReason) }),
  example: { orderId, paymentId, reason: 'card_declined' },
});

/** Consumed by payments itself, which then calls the gateway. */
export const refundRequested = defineEvent({
  type: 'payment.refund-requested.v1',
  source,
  data: refund,
  example: { orderId, paymentId, refundId, amount },
});

export const paymentRefunded = defineEvent({
  type: 'payment.refunded.v1',
  source,
  data: z.extend(refund, { totalRefunded: Money }),
  example: { orderId, paymentId, refundId, amount, totalRefunded: amount },
});

export const refundFailed = defineEvent({
  type: 'payment.refund-failed.v1',
  source,
  data: refund,
  example: { orderId, paymentId, refundId, amount },
});
