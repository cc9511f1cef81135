import * as z from 'zod/mini';
import { ClosingReason } from '../checkout.js';
import { OrderId, PaymentMethodId } from '../ids.js';
import { MAX_LINES, OrderLine, PricedLine } from '../lines.js';
import { Money } from '../money.js';
import { Cursor, PageLimit } from './catalog.js';
import { endpoint } from './endpoint.js';

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

export const ShippingAddress = z.strictObject({
  name: text(100),
  line1: text(100),
  line2: z.optional(text(100)),
  postalCode: text(20),
  city: text(100),
  /** ISO 3166-1 alpha-2. */
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
});
export type ShippingAddress = z.infer<typeof ShippingAddress>;

export const PlaceOrder = z.strictObject({
  /** Several lines of one SKU are merged; at most MAX_QUANTITY of it in all. */
  lines: z.array(OrderLine).check(z.minLength(1), z.maxLength(MAX_LINES)),
  /** What the customer saw. It is compared with the server's total and never sets a price. */
  expectedTotal: Money,
  paymentMethodId: PaymentMethodId,
  shippingAddress: ShippingAddress,
  /** Version of the signed-in cart that is being bought; that version is emptied once the order is confirmed. */
  cartVersion: z.optional(z.int().check(z.minimum(0))),
});
export type PlaceOrder = z.infer<typeof PlaceOrder>;

export const OrderStatus = z.enum([
  'placed',
  'confirmed',
  'cancelling',
  'cancelled',
  'refused',
  'review',
  'shipped',
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const OrderHistoryEntry = z.object({
  version: z.int(),
  status: OrderStatus,
  at: z.iso.datetime(),
  reason: z.optional(ClosingReason),
});

export const Order = z.object({
  orderId: OrderId,
  status: OrderStatus,
  lines: z.array(PricedLine),
  total: Money,
  shippingAddress: ShippingAddress,
  createdAt: z.iso.datetime(),
  /** True from the moment the customer asked to cancel. */
  cancelRequested: z.boolean(),
  reason: z.optional(ClosingReason),
  history: z.array(OrderHistoryEntry),
});
export type Order = z.infer<typeof Order>;

export const OrderSummary = z.object({
  orderId: OrderId,
  status: OrderStatus,
  total: Money,
  createdAt: z.iso.datetime(),
});
export const OrderPage = z.object({ items: z.array(OrderSummary), nextCursor: z.optional(z.string()) });
export type OrderPage = z.infer<typeof OrderPage>;

const orderParams = z.object({ orderId: OrderId });

export const placeOrder = endpoint({
  method: 'POST',
  path: '/api/orders',
  service: 'orders',
  summary: 'Places an order: quotes, reserves stock and starts the checkout; follow it at the Location',
  auth: 'customer',
  idempotent: true,
  body: PlaceOrder,
  status: 202,
  reply: z.object({ orderId: OrderId, status: OrderStatus, url: z.string() }),
  problems: {
    IDEMPOTENCY_KEY_REQUIRED: 400,
    IDEMPOTENCY_KEY_REUSED: 422,
    CARD_NUMBER_REFUSED: 422,
    UNKNOWN_SKU: 422,
    QUANTITY_TOO_LARGE: 422,
    PRICE_CHANGED: 409,
    SOLD_OUT: 409,
    STOCK_BUSY: 409,
    RESERVATION_EXPIRED: 409,
  },
});

export const listOrders = endpoint({
  method: 'GET',
  path: '/api/orders',
  service: 'orders',
  summary: "Lists the customer's orders, newest first",
  auth: 'customer',
  query: z.strictObject({ cursor: z.optional(Cursor), limit: z.optional(PageLimit) }),
  status: 200,
  reply: OrderPage,
  problems: { INVALID_CURSOR: 422 },
});

export const getOrder = endpoint({
  method: 'GET',
  path: '/api/orders/{orderId}',
  service: 'orders',
  summary: 'Shows one order with its history',
  auth: 'customer',
  params: orderParams,
  status: 200,
  reply: Order,
  problems: { ORDER_NOT_FOUND: 404 },
});

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/api/orders/{orderId}/cancel',
  service: 'orders',
  summary: 'Asks to cancel an order at any moment before it ships; repeating it changes nothing',
  auth: 'customer',
  params: orderParams,
  status: 202,
  reply: Order,
  problems: { ORDER_NOT_FOUND: 404, ORDER_NOT_CANCELLABLE: 409, ORDER_CHANGED: 409 },
});
