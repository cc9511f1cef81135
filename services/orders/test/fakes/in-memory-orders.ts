import type { OrderId } from '@shipline/contracts';
import type { PagePosition } from '../../src/domain/cursor.js';
import { isOpen, lastEntry, type Order } from '../../src/domain/order.js';
import { OrderError } from '../../src/domain/order-error.js';
import type { OrderPage, Orders } from '../../src/ports/orders.js';

/** The table in memory. */
export class InMemoryOrders implements Orders {
  readonly orders = new Map<OrderId, Order>();
  /** Every version that was ever stored, in order: what the table's stream carries. */
  readonly writes: Order[] = [];
  /** Runs between a read and the write that follows it: where another writer would come in. */
  beforeWrite: (() => void | Promise<void>) | undefined;

  async findById(id: OrderId): Promise<Order | undefined> {
    return this.orders.get(id);
  }

  async add(order: Order): Promise<'added' | 'exists'> {
    await this.beforeWrite?.();
    if (this.orders.has(order.id)) return 'exists';
    this.store(order);
    return 'added';
  }

  async save(order: Order): Promise<void> {
    await this.beforeWrite?.();
    const current = this.orders.get(order.id);
    const confirmsCancelled = order.status === 'confirmed' && current?.cancelRequestedAt !== undefined;
    if (current?.version !== order.version - 1 || confirmsCancelled) throw new OrderError('ORDER_CHANGED');
    this.store(order);
  }

  async listByCustomer({
    customerId,
    limit,
    after,
  }: {
    customerId: string;
    limit: number;
    after?: PagePosition;
  }): Promise<OrderPage> {
    const rest = [...this.orders.values()]
      .filter((order) => order.customerId === customerId)
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      .filter(({ createdAt }) => !after || createdAt < after.createdAt);
    const orders = rest
      .slice(0, limit)
      .map(({ id, status, total, createdAt }) => ({ id, status, total, createdAt }));
    const last = orders.at(-1);
    return {
      orders,
      ...(rest.length > limit && last && { next: { orderId: last.id, createdAt: last.createdAt } }),
    };
  }

  async *openBefore(time: Date, start: number): AsyncIterable<OrderId> {
    const open = [...this.orders.values()].filter(
      (order) => isOpen(order) && lastEntry(order).at <= time.toISOString(),
    );
    const first = Math.floor(start * open.length);
    for (const { id } of [...open.slice(first), ...open.slice(0, first)]) yield id;
  }

  /** As if it had been written long ago. */
  store(order: Order): void {
    this.orders.set(order.id, order);
    this.writes.push(order);
  }
}
