import { randomUUID } from 'node:crypto';
import { createClient } from '@shipline/contracts/client';
import type { MetricName } from '@shipline/contracts/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { measurementsOf, type Written } from '../support/measurements.js';
import { shopMeasured } from '../support/metrics.js';
import { cards, newKey, orderRequest, place, settled } from '../support/orders.js';

let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

/** The same customer, whose every request and all that it causes can be told from other tests' by this id. */
function asking(correlationId: string): Customer {
  const { accessToken } = customer;
  const shop = createClient({
    origin: outputs.storefrontUrl,
    accessToken: async () => accessToken,
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...init?.headers, 'x-correlation-id': correlationId } }),
  });
  return { ...customer, shop };
}

type Expected = readonly [
  name: MetricName,
  value: number | 'some',
  dimensions?: Readonly<Record<string, string>>,
];

const once = (expected: readonly Expected[]): string[] =>
  expected.map(([name, value, dimensions = {}]) => `${name} ${value} ${JSON.stringify(dimensions)}`);

/** What was written, in the words of what is expected: how long a checkout took is not known before. */
const inWords = (written: readonly Written[]): string[] =>
  written.map(({ name, value, dimensions }) => {
    const shown = name === 'CheckoutDuration' && value > 0 ? 'some' : value;
    return `${name} ${shown} ${JSON.stringify(dimensions)}`;
  });

/**
 * Waits until what `act` causes has been written, each measurement exactly once and no other, and has arrived in the
 * metrics. Others buy meanwhile, so that a metric has at least what was written.
 */
async function measuring(expected: readonly Expected[], act: (by: Customer) => Promise<unknown>) {
  const correlationId = `test-${randomUUID()}`;
  const since = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await act(asking(correlationId));

  await expect
    .poll(async () => inWords(await measurementsOf(correlationId)).toSorted(), { timeout: 60_000 })
    .toEqual(once(expected).toSorted());
  for (const { name, value, dimensions } of await measurementsOf(correlationId)) {
    const measured = (statistic: 'Sum' | 'SampleCount') =>
      shopMeasured(name as MetricName, dimensions, statistic, since);
    await expect.poll(() => measured('SampleCount'), { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
    await expect.poll(() => measured('Sum'), { timeout: 60_000 }).toBeGreaterThanOrEqual(value);
  }
}

describe('what the shop is for', () => {
  it('is measured from the first product in a cart to the receipt, each once', async () => {
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 2 }]);
    const { amount, currency } = request.expectedTotal;
    await measuring(
      [
        ['CartsStarted', 1],
        ['OrdersPlaced', 1],
        ['OrdersConfirmed', 1],
        ['RevenueMinorUnits', amount, { currency }],
        ['CheckoutDuration', 'some', { outcome: 'confirmed' }],
        ['OrdersLate', 0],
        ['MailsSent', 1, { mail: 'order.confirmed.v1' }],
      ],
      async (by) => {
        await by.shop.putCartItem({ params: { sku: 'MUG-CANARY' }, body: { quantity: 2 } });
        const order = await settled(by, await place(by, request));
        expect(order.status).toBe('confirmed');
      },
    );
  });

  it('is measured where an order is refused: why, by whom, and how long the customer waited', async () => {
    const reason = 'insufficient_funds';
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }], cards.insufficientFunds);
    await measuring(
      [
        ['OrdersPlaced', 1],
        ['OrdersRefused', 1, { reason }],
        ['PaymentsDeclined', 1, { reason }],
        ['CheckoutDuration', 'some', { outcome: 'refused' }],
        ['OrdersLate', 0],
        ['MailsSent', 1, { mail: 'order.refused.v1' }],
      ],
      async (by) => settled(by, await place(by, request)),
    );
  });

  it('is measured where a request never becomes an order', async () => {
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]);
    const body = { ...request, expectedTotal: { ...request.expectedTotal, amount: 1 } };
    await measuring([['OrderRequestsRefused', 1, { reason: 'PRICE_CHANGED' }]], async (by) =>
      expect(by.shop.placeOrder({ body, idempotencyKey: newKey() })).rejects.toMatchObject({
        code: 'PRICE_CHANGED',
      }),
    );
  });

  it('has cold starts beside it, of every service that was deployed', async () => {
    for (const service of ['catalog', 'inventory', 'cart', 'orders', 'payments', 'notifications'])
      await expect
        .poll(() => shopMeasured('ColdStarts', { service }), { timeout: 20_000 })
        .toBeGreaterThan(0);
  });
});
