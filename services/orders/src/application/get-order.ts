import type { OrderId } from '@shipline/contracts';
import type { Order } from '../domain/order.js';
import { OrderError } from '../domain/order-error.js';
import type { Orders } from '../ports/orders.js';

export type GetOrder = (input: { orderId: OrderId; customerId: string }) => Promise<Order>;

/** @throws {OrderError} `ORDER_NOT_FOUND`, for a stranger's order too, so that ids cannot be probed */
export const makeGetOrder =
  ({ orders }: { orders: Orders }): GetOrder =>
  async ({ orderId, customerId }) => {
    const order = await orders.findById(orderId);
    if (order?.customerId !== customerId) throw new OrderError('ORDER_NOT_FOUND');
    return order;
  };
