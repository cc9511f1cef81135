import type { OrderId } from '@shipline/contracts';
import type { Order } from '../domain/order.js';
import { OrderError } from '../domain/order-error.js';
import type { Orders } from '../ports/orders.js';

const ATTEMPTS = 5;

export type ChangeOrder = (id: OrderId, decide: (order: Order) => Order) => Promise<Order>;

/** There is no such order, although somebody who must know speaks of it: a fault. */
export class OrderMissing extends Error {
  override readonly name = 'OrderMissing';
}

/**
 * Reads, decides, and writes unless nothing changes; decides anew when another writer came first.
 * @throws {OrderMissing}
 * @throws {OrderError} `ORDER_CHANGED` when others keep coming first
 */
export const makeChangeOrder =
  ({ orders }: { orders: Orders }): ChangeOrder =>
  async (id, decide) => {
    for (let attempt = 1; ; attempt += 1) {
      const order = await orders.findById(id);
      if (!order) throw new OrderMissing(id);
      const next = decide(order);
      if (next === order) return order;
      try {
        await orders.save(next);
        return next;
      } catch (error) {
        if (!isChanged(error) || attempt === ATTEMPTS) throw error;
      }
    }
  };

export const isChanged = (error: unknown): boolean =>
  error instanceof OrderError && error.code === 'ORDER_CHANGED';
