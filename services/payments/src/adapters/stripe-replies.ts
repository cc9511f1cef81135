import { type Money, OrderId, RefundId } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { GatewayRefund, Intent, IntentStatus } from '../ports/gateway.js';
import { reasonOf } from './stripe-errors.js';

const Metadata = z.nullish(z.record(z.string(), z.string()));
const amount = z.int().check(z.minimum(0));

/** What is read of https://docs.stripe.com/api/payment_intents/object. */
export const StripeIntent = z.object({
  id: z.string(),
  object: z.literal('payment_intent'),
  status: z.enum([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ]),
  amount,
  amount_capturable: amount,
  amount_received: amount,
  currency: z.string(),
  metadata: Metadata,
  last_payment_error: z.nullish(
    z.object({ code: z.nullish(z.string()), decline_code: z.nullish(z.string()) }),
  ),
});
type StripeIntent = z.infer<typeof StripeIntent>;

export function intentOf(reply: StripeIntent): Intent {
  const status = statusOf(reply);
  const orderId = z.safeParse(OrderId, reply.metadata?.['orderId']);
  const challenged = reply.status === 'requires_action';
  const decline = challenged ? { code: 'authentication_required' } : reply.last_payment_error;
  return {
    id: reply.id,
    status,
    amount: moneyOf(amountOf(reply, status), reply.currency),
    ...(orderId.success && { orderId: orderId.data }),
    ...(decline && { reason: reasonOf(decline) }),
  };
}

function statusOf({ status, last_payment_error }: StripeIntent): IntentStatus {
  switch (status) {
    case 'requires_confirmation':
      return 'unconfirmed';
    case 'requires_payment_method':
      return last_payment_error ? 'declined' : 'unconfirmed';
    case 'requires_action':
      // We have nowhere to show a challenge (docs/adr/0008): it counts as a decline, and the void ends it.
      return 'declined';
    case 'processing':
      return 'processing';
    case 'requires_capture':
      return 'authorised';
    case 'succeeded':
      return 'captured';
    case 'canceled':
      return 'cancelled';
  }
}

function amountOf(reply: StripeIntent, status: IntentStatus): number {
  if (status === 'authorised') return reply.amount_capturable;
  return status === 'captured' ? reply.amount_received : reply.amount;
}

/** What is read of https://docs.stripe.com/api/refunds/object. */
export const StripeRefund = z.object({
  id: z.string(),
  object: z.literal('refund'),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  amount,
  currency: z.string(),
  metadata: Metadata,
});

export const RefundPage = z.object({
  object: z.literal('list'),
  data: z.array(StripeRefund),
  has_more: z.boolean(),
});

const refundStatus = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'refunded',
  failed: 'failed',
  canceled: 'failed',
} as const;

export function refundOf({
  id,
  status,
  amount,
  currency,
  metadata,
}: z.infer<typeof StripeRefund>): GatewayRefund {
  const orderId = z.safeParse(OrderId, metadata?.['orderId']);
  const refundId = z.safeParse(RefundId, metadata?.['refundId']);
  return {
    id,
    status: refundStatus[status],
    amount: moneyOf(amount, currency),
    ...(orderId.success && { orderId: orderId.data }),
    ...(refundId.success && { refundId: refundId.data }),
  };
}

/** Stripe writes currencies in lower case, and amounts in minor units as we do. */
const moneyOf = (amount: number, currency: string): Money => ({ amount, currency: currency.toUpperCase() });
