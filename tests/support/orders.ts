import { randomUUID } from 'node:crypto';
import type { Order, OrderStatus, PlaceOrder } from '@shipline/contracts';
import { orderRequest as requestFor, resting, unitsOf } from '@shipline/pipeline/shop/order-request';
import { vi } from 'vitest';
import { type Customer, guestShop } from './customer.js';

export { cards, shippingAddress } from '@shipline/pipeline/shop/order-request';

export const newKey = () => randomUUID();

/** A request for these lines at today's prices. */
export const orderRequest = (
  lines: { sku: string; quantity: number }[],
  paymentMethodId?: string,
): Promise<PlaceOrder> => requestFor(guestShop, lines, paymentMethodId);

/** Places an order and returns its id. */
export async function place(customer: Customer, request: PlaceOrder, key = newKey()): Promise<string> {
  const { orderId } = await customer.shop.placeOrder({ body: request, idempotencyKey: key });
  return orderId;
}

/** Follows an order until it has one of these states; by default any in which it rests. */
export function settled(
  customer: Customer,
  orderId: string,
  states: readonly OrderStatus[] = resting,
): Promise<Order> {
  return vi.waitFor(
    async () => {
      const order = await customer.shop.getOrder({ params: { orderId } });
      if (!states.includes(order.status)) throw new Error(`${orderId} is ${JSON.stringify(order.history)}`);
      return order;
    },
    // Where waits are not compressed, the retries of one step alone take more than two minutes.
    { timeout: 240_000, interval: 150 },
  );
}

/** Units that can be ordered now. */
export const available = (sku: string) => unitsOf(guestShop, sku);
