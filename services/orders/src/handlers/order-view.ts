import type { OrderPage, Order as OrderReply } from '@shipline/contracts';
import type { OrderList } from '../application/list-orders.js';
import type { Order } from '../domain/order.js';

/** What of an order its customer sees. Restarts of the checkout are our own affair. */
export function orderView(order: Order): OrderReply {
  return {
    orderId: order.id,
    status: order.status,
    lines: [...order.lines],
    total: order.total,
    shippingAddress: order.shippingAddress,
    createdAt: order.createdAt,
    cancelRequested: order.cancelRequestedAt !== undefined,
    ...(order.reason && { reason: order.reason }),
    history: order.history
      .filter(({ trigger }) => trigger !== 'restarted')
      .map(({ version, status, at, reason }) => ({ version, status, at, ...(reason && { reason }) })),
  };
}

export const orderListView = ({ orders, nextCursor }: OrderList): OrderPage => ({
  items: orders.map(({ id, status, total, createdAt }) => ({ orderId: id, status, total, createdAt })),
  ...(nextCursor !== undefined && { nextCursor }),
});
