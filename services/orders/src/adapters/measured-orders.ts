import type { OrderId } from '@shipline/contracts';
import type { Measure } from '@shipline/lambda-kit/measurement';
import { SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/synthetic';
import { measurementsOf } from '../domain/measurements.js';
import type { Order } from '../domain/order.js';
import type { OrderPage, Orders } from '../ports/orders.js';

/**
 * Measures each write that succeeded, and nothing else: a repeated request, a retried task and an event that comes
 * twice write nothing. A write whose reply was lost is not measured: at most once.
 */
export class MeasuredOrders implements Orders {
  constructor(
    private readonly orders: Orders,
    private readonly measure: Measure,
  ) {}

  async add(order: Order): Promise<'added' | 'exists'> {
    const outcome = await this.orders.add(order);
    if (outcome === 'added') this.measured(order);
    return outcome;
  }

  async save(order: Order): Promise<void> {
    await this.orders.save(order);
    this.measured(order);
  }

  findById(id: OrderId): Promise<Order | undefined> {
    return this.orders.findById(id);
  }

  listByCustomer(query: Parameters<Orders['listByCustomer']>[0]): Promise<OrderPage> {
    return this.orders.listByCustomer(query);
  }

  openBefore(time: Date, start: number): AsyncIterable<OrderId> {
    return this.orders.openBefore(time, start);
  }

  /** By the customer's id, which nobody can choose; anybody can send a correlation id. */
  private measured(order: Order): void {
    if (order.customerId !== SYNTHETIC_CUSTOMER) measurementsOf(order).forEach(this.measure);
  }
}
