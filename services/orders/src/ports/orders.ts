import type { Money, OrderId, OrderStatus } from '@shipline/contracts';
import type { PagePosition } from '../domain/cursor.js';
import type { Order } from '../domain/order.js';

export interface OrderSummary {
  readonly id: OrderId;
  readonly status: OrderStatus;
  readonly total: Money;
  readonly createdAt: string;
}

export interface OrderPage {
  /** Newest first. */
  readonly orders: readonly OrderSummary[];
  /** Absent on the last page. */
  readonly next?: PagePosition;
}

export interface Orders {
  /** Strongly consistent. */
  findById(id: OrderId): Promise<Order | undefined>;
  /** Stores a new order, unless there is one with this id. */
  add(order: Order): Promise<'added' | 'exists'>;
  /**
   * Stores the next version of an order. A confirmed one is refused, too, if a cancellation was requested.
   * @throws {OrderError} `ORDER_CHANGED` when another writer saved this version first.
   */
  save(order: Order): Promise<void>;
  /** May lag behind a little. */
  listByCustomer(query: { customerId: string; limit: number; after?: PagePosition }): Promise<OrderPage>;
  /**
   * Unfinished orders that were last written before a time. May lag behind a little. `start`, from 0 to below 1,
   * says which part of them comes first.
   */
  openBefore(time: Date, start: number): AsyncIterable<OrderId>;
}
