import { setTimeout as sleep } from 'node:timers/promises';
import { type Order, paymentIdOf } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { contradictions } from '../../shop/consistency.js';
import type { Customer } from '../../shop/customer.js';
import { gatewayOf, intentsByPayment } from '../../shop/gateway.js';
import { resting } from '../../shop/order-request.js';
import { ledgerOf, reservationOf } from '../../shop/records.js';
import type { DrillOrder, Moment } from '../observation.js';

export interface FollowedOrder {
  readonly order: Order | undefined;
  readonly seen: Omit<DrillOrder, 'contradictions'>;
}

/** All retries of a checkout are through by then, and the sweep has looked at what stands still. */
const STANDS_STILL_MS = 240_000;
/** Events are on their way when an order rests already. */
const AGREE_WITHIN_MS = 60_000;

/** Asks after an order, ever more rarely, until it rests. */
export async function followed(
  { shop }: Customer,
  orderId: string,
  placedAt: Moment,
): Promise<FollowedOrder> {
  let order: Order | undefined;
  let pause = 800;
  while (Date.now() - placedAt < STANDS_STILL_MS) {
    await sleep(pause);
    pause = Math.min(pause * 1.5, 3_000);
    // A page that cannot be shown now is asked for again; the order's end is what counts.
    order = (await shop.getOrder({ params: { orderId } }).catch(unlessUnavailable)) ?? order;
    if (order && resting.includes(order.status)) {
      const seen = { orderId, placedAt, settledAt: Date.now(), status: order.status };
      return { order, seen };
    }
  }
  return { order, seen: { orderId, placedAt, settledAt: undefined, status: order?.status ?? 'unknown' } };
}

/** Too many at once, a fault, no network: as the shop's page does, ask again. */
function unlessUnavailable(error: unknown): undefined {
  if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) throw error;
}

/** Looks at what the services and the gateway know of each order, until all agree or it has taken too long. */
export async function untilTheyAgree(
  outputs: Outputs,
  orders: readonly FollowedOrder[],
): Promise<DrillOrder[]> {
  const deadline = Date.now() + AGREE_WITHIN_MS;
  for (;;) {
    const looked = await lookAt(outputs, orders);
    const agree = looked.every((order) => order.contradictions.length === 0);
    if (agree || Date.now() > deadline) return looked;
    await sleep(500);
  }
}

async function lookAt(outputs: Outputs, orders: readonly FollowedOrder[]): Promise<DrillOrder[]> {
  const rested = orders.flatMap(({ order }) => (order ? [order] : []));
  const intents = await intentsByPayment(
    await gatewayOf(outputs),
    rested.map(({ orderId }) => paymentIdOf(orderId)),
  );
  return Promise.all(
    orders.map(async ({ order, seen }) => {
      if (!order) return { ...seen, contradictions: [] };
      const story = {
        reservation: await reservationOf(outputs, order),
        ledger: await ledgerOf(outputs, order),
        intents: intents.get(paymentIdOf(order.orderId)) ?? [],
      };
      return { ...seen, contradictions: contradictions(order, story) };
    }),
  );
}
