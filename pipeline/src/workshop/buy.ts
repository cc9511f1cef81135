import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { UserError } from '@shipline/tooling/cli';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { signUp } from '../shop/customer.js';
import { orderRequest, resting } from '../shop/order-request.js';

/** What the seed has plenty of. */
const sku = 'PRINT-TRACE';
/** A checkout takes seconds; its retries are through by then. */
const PATIENCE_MS = 240_000;

/**
 * Does what the shop's pages do: signs a new customer up, orders one thing, and asks after the order until it rests.
 * @throws {UserError} when the order is not taken, or does not rest.
 */
export async function buy(outputs: Outputs, card: string, say: (line: string) => void): Promise<Order> {
  const { shop, email } = await signUp(outputs);
  say(`signed up   ${email}`);
  const body = await orderRequest(shop, [{ sku, quantity: 1 }], card);
  const { orderId } = await shop.placeOrder({ body, idempotencyKey: randomUUID() }).catch(refused);
  say(`ordered     ${orderId}: one ${sku}, to be paid with ${card}`);
  const deadline = Date.now() + PATIENCE_MS;
  for (let pause = 300; Date.now() < deadline; pause = Math.min(pause * 1.5, 2_000)) {
    await sleep(pause);
    const order = await shop.getOrder({ params: { orderId } });
    if (resting.includes(order.status)) {
      say(`${order.status.padEnd(12)}${orderId}`);
      return order;
    }
  }
  throw new UserError(`${orderId} does not come to an end: \`pnpm trace ${orderId}\` shows where it stands.`);
}

function refused(error: unknown): never {
  if (!(error instanceof ApiProblem)) throw error;
  throw new UserError(`The shop did not take the order: ${error.message}.`);
}
