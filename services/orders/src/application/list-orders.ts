import { encodeCursor } from '@shipline/lambda-kit/cursor';
import { decodeCursor } from '../domain/cursor.js';
import type { OrderSummary, Orders } from '../ports/orders.js';

const DEFAULT_LIMIT = 20;

export interface OrderList {
  readonly orders: readonly OrderSummary[];
  readonly nextCursor?: string;
}
export type ListOrders = (input: {
  customerId: string;
  limit?: number | undefined;
  cursor?: string | undefined;
}) => Promise<OrderList>;

/** A page of the customer's orders, newest first. @throws {OrderError} `INVALID_CURSOR` */
export const makeListOrders =
  ({ orders: store }: { orders: Orders }): ListOrders =>
  async ({ customerId, limit = DEFAULT_LIMIT, cursor }) => {
    const { orders, next } = await store.listByCustomer({
      customerId,
      limit,
      ...(cursor !== undefined && { after: decodeCursor(cursor) }),
    });
    return { orders, ...(next && { nextCursor: encodeCursor(next) }) };
  };
