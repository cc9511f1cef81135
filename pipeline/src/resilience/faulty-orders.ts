import { randomUUID } from 'node:crypto';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { allInParallel } from '../deploy/in-parallel.js';
import { type FollowedOrder, followed, untilTheyAgree } from '../drills/traffic/follow-orders.js';
import { bestStocked } from '../drills/traffic/order-traffic.js';
import { type Customer, guestOf, signUp } from '../shop/customer.js';
import { gatewayOf } from '../shop/gateway.js';
import { type Fault, inject, newCard } from '../shop/gateway-faults.js';
import { orderRequest } from '../shop/order-request.js';

/** An order during which the card company failed once, and what became of it. */
export interface FaultyOrder {
  readonly fault: Fault;
  readonly orderId: string;
  readonly status: string;
  /** Milliseconds from the request to its rest; undefined where it stands still. */
  readonly took: number | undefined;
  /** Sentences: what order, reservation, ledger and gateway do not agree about. */
  readonly contradictions: readonly string[];
}

const operations = ['create', 'confirm', 'capture'] as const;
const kinds = ['slow', 'lost', 'duplicate', 'error'] as const;

/**
 * Every way in which the card company can fail once on a payment's way: each of them must end in one captured payment.
 * An error at confirm is none of them: the gateway stores it for the one key that may confirm, and the order is refused.
 */
export const survivable: readonly Fault[] = operations
  .flatMap((operation) => kinds.map((kind): Fault => ({ operation, kind })))
  .filter(({ operation, kind }) => operation !== 'confirm' || kind !== 'error');

/** An order for each fault; few at a time, as a laptop has room for few. */
export async function faultyOrders(outputs: Outputs, faults: readonly Fault[]): Promise<FaultyOrder[]> {
  const customer = await signUp(outputs);
  const gateway = await gatewayOf(outputs);
  const sku = await bestStocked(guestOf(outputs));
  const orders = await allInParallel(4, faults, async (fault) => {
    const card = await newCard(gateway);
    await inject(gateway, card, fault);
    return buy(customer, sku, card);
  });
  const agreed = await untilTheyAgree(outputs, orders);
  return agreed.map(({ orderId, status, placedAt, settledAt, contradictions }, index) => ({
    fault: faults[index] as Fault,
    orderId,
    status,
    took: settledAt === undefined ? undefined : settledAt - placedAt,
    contradictions,
  }));
}

async function buy(customer: Customer, sku: string, card: string): Promise<FollowedOrder> {
  const body = await orderRequest(customer.shop, [{ sku, quantity: 1 }], card);
  const placedAt = Date.now();
  const { orderId } = await customer.shop.placeOrder({ body, idempotencyKey: randomUUID() });
  return followed(customer, orderId, placedAt);
}

/** A sentence for each order that did not end as it had to. */
export const unsurvived = (orders: readonly FaultyOrder[]): string[] =>
  orders.flatMap(({ fault: { operation, kind }, orderId, status, took, contradictions }) => {
    const where = `${kind} at ${operation}`;
    if (took === undefined) return [`${where}: ${orderId} stands still (${status})`];
    if (status !== 'confirmed') return [`${where}: ${orderId} is ${status}`];
    return contradictions.map((contradiction) => `${where}: ${contradiction}`);
  });
