import { OrderId } from '@shipline/contracts';
import type { Measurement } from '@shipline/lambda-kit/measurement';
import { SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/synthetic';
import { describe, expect, it } from 'vitest';
import { MeasuredOrders } from '../../src/adapters/measured-orders.js';
import { advance } from '../../src/domain/order.js';
import { OrderError } from '../../src/domain/order-error.js';
import { anOrder, later } from '../builders.js';
import { describeOrders } from '../contracts/orders-contract.js';
import { InMemoryOrders } from '../fakes/in-memory-orders.js';

function setup() {
  const measured: Measurement[] = [];
  const orders = new MeasuredOrders(new InMemoryOrders(), (measurement) => void measured.push(measurement));
  return { orders, names: () => measured.map(({ name }) => name) };
}

describeOrders('Measured orders', () => new MeasuredOrders(new InMemoryOrders(), () => undefined));

describe('Measured orders', () => {
  it('measure a write once, and neither a repeated request nor a stale write', async () => {
    const { orders, names } = setup();
    const order = anOrder();
    const refused = advance(order, 'payment-voided', { at: later(0), reason: 'card_declined' });

    expect(await orders.add(order)).toBe('added');
    expect(await orders.add(order)).toBe('exists');
    await orders.save(refused);
    await expect(orders.save(refused)).rejects.toBeInstanceOf(OrderError);

    expect(names()).toEqual(['OrdersPlaced', 'OrdersRefused', 'OrdersLate', 'CheckoutDuration']);
  });

  it('leave out what a release check did, whatever correlation id a customer sends', async () => {
    const { orders, names } = setup();

    await orders.add(anOrder({ customerId: SYNTHETIC_CUSTOMER }));
    expect(names()).toEqual([]);

    const id = OrderId.parse('ord_01JZ8QK3T5V7X9BCDEFGHJKMNQ');
    await orders.add(anOrder({ id, correlationId: 'synthetic-imitated' }));
    expect(names()).toEqual(['OrdersPlaced']);
  });
});
