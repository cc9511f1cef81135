import { randomUUID } from 'node:crypto';
import type { Cart, Product } from '@shipline/contracts';
import { createClient, type ShopClient } from '@shipline/contracts/client';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { followed, untilTheyAgree } from '../drills/traffic/follow-orders.js';
import { signUp } from './customer.js';
import { cards, shippingAddress } from './order-request.js';

/** Something that a customer did, and how long the shop took for it. */
export interface Step {
  readonly name: string;
  readonly ms: number;
}

/** What somebody did in the shop, as far as it went well. */
export interface Visit {
  /** Begins the correlation id of its requests: the logs tell the rest. */
  readonly id: string;
  readonly steps: readonly Step[];
  /** What went wrong in the step after the last; absent = nothing. */
  readonly failure?: string;
}

export interface VisitOptions {
  readonly outputs: Outputs;
  /** Counts the visits: each looks at another product. */
  readonly number: number;
  /** False where cards are real: the visit ends with the quote. */
  readonly buys: boolean;
}

/** The way of a customer through the shop; whatever was bought is given back at its end. */
export async function visit({ outputs, number, buys }: VisitOptions): Promise<Visit> {
  const id = `visit-${randomUUID()}`;
  const steps: Step[] = [];
  const step: DoStep = async (name, work) => {
    const begun = performance.now();
    try {
      const result = await work();
      steps.push({ name, ms: Math.round(performance.now() - begun) });
      return result;
    } catch (error) {
      throw new VisitFailed(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  try {
    const chosen = await choose(step, outputs, number, id);
    if (buys) await buy(step, outputs, chosen);
    return { id, steps };
  } catch (error) {
    if (error instanceof VisitFailed) return { id, steps, failure: error.message };
    throw error;
  }
}

type DoStep = <T>(name: string, work: () => Promise<T>) => Promise<T>;

class VisitFailed extends Error {
  override readonly name = 'VisitFailed';
}

interface Chosen {
  readonly product: Product;
  readonly guestToken: string;
  readonly cart: Cart;
}

const QUANTITY = 2;

/** Looks around and fills a cart, as somebody who is not signed in. */
async function choose(step: DoStep, outputs: Outputs, number: number, id: string): Promise<Chosen> {
  const shop = identifiable(outputs, id);
  await step('open the storefront', () => openStorefront(outputs));
  const { items } = await step('list the products', () => shop.listProducts({ query: { limit: 20 } }));
  const product = await step('look at one that is there', () => oneInStock(shop, items, number));
  const { token } = await step('open a cart', () => shop.createGuestCart());
  const cart = await step('be quoted a price', async () => {
    const filled = await shop.putGuestCartItem({
      params: { token, sku: product.sku },
      body: { quantity: QUANTITY },
    });
    must(
      filled.total.amount === QUANTITY * product.price.amount,
      `${QUANTITY} × ${product.price.amount} cost ${filled.total.amount}`,
    );
    return filled;
  });
  return { product, guestToken: token, cart };
}

/** Signs up, pays, follows the order to its end, thinks better of it, and has the money back. */
async function buy(step: DoStep, outputs: Outputs, { product, guestToken, cart }: Chosen): Promise<void> {
  const customer = await step('sign up', () => signUp(outputs));
  const { shop } = customer;
  const merged = await step('take the cart along', () => shop.mergeCart({ body: { guestToken } }));
  must(merged.total.amount === cart.total.amount, 'the cart has another total after signing in');
  const placedAt = Date.now();
  const { orderId } = await step('order', () =>
    shop.placeOrder({
      body: {
        lines: [{ sku: product.sku, quantity: QUANTITY }],
        expectedTotal: merged.total,
        paymentMethodId: cards.pays,
        shippingAddress,
        cartVersion: merged.version,
      },
      idempotencyKey: randomUUID(),
    }),
  );
  await step('see it confirmed', async () => {
    const { seen } = await followed(customer, orderId, placedAt);
    must(seen.status === 'confirmed', `${orderId} is ${seen.status}`);
    const { items } = await shop.listOrders({});
    must(
      items.some((order) => order.orderId === orderId),
      `${orderId} is not among the customer's orders`,
    );
  });
  await step('cancel it', () => shop.cancelOrder({ params: { orderId } }));
  const end = await step('see it cancelled', async () => {
    const order = await followed(customer, orderId, Date.now());
    must(order.seen.status === 'cancelled', `${orderId} is ${order.seen.status}`);
    return order;
  });
  await step('have money and stock back', async () => {
    const [order] = await untilTheyAgree(outputs, [end]);
    must(order?.contradictions.length === 0, order?.contradictions[0] ?? 'nobody knows the order');
  });
}

async function openStorefront({ storefrontUrl, environment }: Outputs): Promise<void> {
  const page = await fetch(storefrontUrl);
  must(page.status === 200 && (await page.text()).includes('<html'), `the page answers ${page.status}`);
  const config = (await (await fetch(`${storefrontUrl}/config.json`)).json()) as { environment?: string };
  must(config.environment === environment, `the page is configured for ${config.environment}`);
}

/** Units that a visit leaves to customers. */
const LEFT_ALONE = 20;

async function oneInStock(
  shop: ShopClient,
  products: readonly Pick<Product, 'sku'>[],
  number: number,
): Promise<Product> {
  const { items } = await shop.getAvailability({
    query: { skus: products.map(({ sku }) => sku).join(',') },
  });
  const stocked = items.filter(({ available }) => available >= LEFT_ALONE + QUANTITY);
  const chosen = stocked[number % stocked.length];
  if (!chosen) throw new Error(`of ${products.length} products none is well stocked`);
  return shop.getProduct({ params: { sku: chosen.sku } });
}

/** Each request with a correlation id that begins alike. */
function identifiable({ storefrontUrl: origin }: Outputs, id: string): ShopClient {
  let request = 0;
  return createClient({
    origin,
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('x-correlation-id', `${id}-${request++}`);
      return fetch(url, { ...init, headers });
    },
  });
}

function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
