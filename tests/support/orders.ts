import { randomUUID } from 'node:crypto';
import type { Order, OrderStatus, PlaceOrder } from '@shipline/contracts';
import { vi } from 'vitest';
import { type Customer, guestShop } from './customer.js';

export const shippingAddress = {
  name: 'Ada Harbour',
  line1: 'Quay 1',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
} as const;

/** The sandbox's and Stripe's own test payment methods. */
export const cards = {
  pays: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  insufficientFunds: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  needsChallenge: 'pm_card_authenticationRequired',
} as const;

export const newKey = () => randomUUID();

/** A request for these lines at today's prices. */
export async function orderRequest(
  lines: { sku: string; quantity: number }[],
  paymentMethodId: string = cards.pays,
): Promise<PlaceOrder> {
  const products = await Promise.all(lines.map(({ sku }) => guestShop.getProduct({ params: { sku } })));
  const amount = products.reduce(
    (sum, { price }, index) => sum + price.amount * (lines[index]?.quantity ?? 0),
    0,
  );
  const currency = products[0]?.price.currency ?? 'USD';
  return { lines, expectedTotal: { amount, currency }, paymentMethodId, shippingAddress };
}

/** Places an order and returns its id. */
export async function place(customer: Customer, request: PlaceOrder, key = newKey()): Promise<string> {
  const { orderId } = await customer.shop.placeOrder({ body: request, idempotencyKey: key });
  return orderId;
}

const final: readonly OrderStatus[] = ['confirmed', 'refused', 'cancelled', 'review', 'shipped'];

/** Follows an order until it has one of these states; by default any in which it rests. */
export function settled(
  customer: Customer,
  orderId: string,
  states: readonly OrderStatus[] = final,
): Promise<Order> {
  return vi.waitFor(
    async () => {
      const order = await customer.shop.getOrder({ params: { orderId } });
      if (!states.includes(order.status)) throw new Error(`${orderId} is ${JSON.stringify(order.history)}`);
      return order;
    },
    { timeout: 90_000, interval: 150 },
  );
}

/** Units that can be ordered now. */
export async function available(sku: string): Promise<number> {
  const { items } = await guestShop.getAvailability({ query: { skus: sku } });
  const found = items.find((item) => item.sku === sku);
  if (!found) throw new Error(`${sku} is not stocked.`);
  return found.available;
}
