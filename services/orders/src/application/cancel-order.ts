import type { OrderId } from '@shipline/contracts';
import { advance, type Order } from '../domain/order.js';
import { OrderError } from '../domain/order-error.js';
import { type ChangeOrder, OrderMissing } from './change-order.js';

export type CancelOrder = (input: { orderId: OrderId; customerId: string }) => Promise<Order>;

/**
 * Asks to cancel. Nothing is stopped from here: the order remembers, and what is under way ends accordingly.
 * @throws {OrderError} `ORDER_NOT_FOUND`, `ORDER_NOT_CANCELLABLE`, `ORDER_CHANGED`
 */
export const makeCancelOrder =
  ({ changeOrder, now }: { changeOrder: ChangeOrder; now: () => Date }): CancelOrder =>
  async ({ orderId, customerId }) => {
    try {
      return await changeOrder(orderId, (order) => {
        // A stranger's order looks absent, so that ids cannot be probed.
        if (order.customerId !== customerId) throw new OrderError('ORDER_NOT_FOUND');
        return advance(order, 'cancel-requested', { at: now() });
      });
    } catch (error) {
      if (error instanceof OrderMissing) throw new OrderError('ORDER_NOT_FOUND', { cause: error });
      throw error;
    }
  };
