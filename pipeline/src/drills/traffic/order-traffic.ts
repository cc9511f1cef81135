import { randomUUID } from 'node:crypto';
import type { PlaceOrder } from '@shipline/contracts';
import type { ShopClient } from '@shipline/contracts/client';
import { UserError } from '@shipline/tooling/cli';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { type Customer, guestOf, signUp } from '../../shop/customer.js';
import { orderRequest, unitsOf } from '../../shop/order-request.js';
import type { OrdersObservation } from '../observation.js';
import { everySecond } from './arrivals.js';
import { type FollowedOrder, followed, untilTheyAgree } from './follow-orders.js';

export interface OrderTraffic {
  /** Ends it, and waits until every order rests or has stood still for too long. */
  stop(): Promise<OrdersObservation>;
}

const CUSTOMERS = 3;

/** Customers who order one thing each and follow their order, as the shop's page does. */
export async function startOrderTraffic(outputs: Outputs, perSecond: number): Promise<OrderTraffic> {
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => signUp(outputs)));
  const guest = guestOf(outputs);
  const sku = await bestStocked(guest);
  const request = await orderRequest(guest, [{ sku, quantity: 1 }]);
  const unitsBefore = await unitsOf(guest, sku);
  const bought: Promise<FollowedOrder | Error>[] = [];
  const arrivals = everySecond(perSecond, (number) => {
    const customer = customers[number % customers.length];
    if (customer) bought.push(buy(customer, request));
  });
  return {
    async stop() {
      await arrivals.stop();
      const all = await Promise.all(bought);
      const notTaken = all.flatMap((each) => (each instanceof Error ? [each.message] : []));
      const orders = await untilTheyAgree(
        outputs,
        all.flatMap((each) => (each instanceof Error ? [] : [each])),
      );
      return { orders, notTaken, sku, unitsBefore, unitsAfter: await unitsOf(guest, sku) };
    },
  };
}

/** An order that is not taken, or cannot be followed, is a finding and no end of the drill. */
async function buy(customer: Customer, body: PlaceOrder): Promise<FollowedOrder | Error> {
  const placedAt = Date.now();
  try {
    const { orderId } = await customer.shop.placeOrder({ body, idempotencyKey: randomUUID() });
    return await followed(customer, orderId, placedAt);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** More than any drill sells. */
const ENOUGH = 100;
/** The release checks reserve this one, and give it back: its units do not add up meanwhile. */
const CHECKED = 'MUG-CANARY';

/** The product of which most can be sold. */
export async function bestStocked(shop: ShopClient): Promise<string> {
  const { items: products } = await shop.listProducts({ query: { limit: 20 } });
  const skus = products.map(({ sku }) => sku).filter((sku) => sku !== CHECKED);
  const { items } = await shop.getAvailability({ query: { skus: skus.join(',') } });
  const [best] = items.toSorted((a, b) => b.available - a.available);
  if (best && best.available >= ENOUGH) return best.sku;
  throw new UserError(
    `The shop has no product of which a drill could sell ${ENOUGH} units: start with a new one (\`pnpm cloud reset\`, \`pnpm deploy:local\`).`,
  );
}
