import * as z from 'zod/mini';
import { ClosingReason } from '../checkout.js';
import { OrderId } from '../ids.js';
import { PricedLine } from '../lines.js';
import { Money } from '../money.js';
import { defineEvent } from './envelope.js';

const source = 'shipline.orders';
const orderId = OrderId.parse('ord_01JZ8QK3T5V7X9BCDEFGHJKMNP');
const customerId = '6a5d1f9e-7b1c-4a0e-9c53-2f3d8a7b6c41';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const lines = [
  { sku: 'MUG-CANARY', name: 'Canary mug', unitPrice: usd(1400), quantity: 2, lineTotal: usd(2800) },
];

const order = z.object({
  orderId: OrderId,
  customerId: z.string(),
  lines: z.array(PricedLine),
  total: Money,
});
const closed = z.extend(order, { reason: ClosingReason });
const example = { orderId, customerId, lines, total: usd(2800) };

export const orderConfirmed = defineEvent({
  type: 'order.confirmed.v1',
  source,
  /** `cartVersion`: the version of the customer's cart that was bought, if the order came from it. */
  data: z.extend(order, { cartVersion: z.optional(z.int()) }),
  example: { ...example, cartVersion: 3 },
});

/** A placed order's customer asked to cancel: what is still held goes back, which stops the checkout. */
export const orderCancelRequested = defineEvent({
  type: 'order.cancel-requested.v1',
  source,
  data: z.object({ orderId: OrderId, customerId: z.string() }),
  example: { orderId, customerId },
});

/** The order was paid and is to be cancelled: its payment is refunded first. */
export const orderCancelling = defineEvent({
  type: 'order.cancelling.v1',
  source,
  data: z.object({ orderId: OrderId, customerId: z.string(), total: Money }),
  example: { orderId, customerId, total: usd(2800) },
});

export const orderRefused = defineEvent({
  type: 'order.refused.v1',
  source,
  data: closed,
  example: { ...example, reason: 'card_declined' },
});

export const orderCancelled = defineEvent({
  type: 'order.cancelled.v1',
  source,
  data: closed,
  example: { ...example, reason: 'cancelled_by_customer' },
});

/** Somebody has to look: the gateway's answer stayed unknown, or it contradicts the ledger. */
export const orderParked = defineEvent({
  type: 'order.parked.v1',
  source,
  data: z.object({ orderId: OrderId, customerId: z.string(), reason: ClosingReason }),
  example: { orderId, customerId, reason: 'payment_unknown' },
});
