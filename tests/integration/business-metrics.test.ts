import type { MetricName } from '@shipline/contracts/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { shopMeasured } from '../support/metrics.js';
import { cards, newKey, orderRequest, place, settled } from '../support/orders.js';

let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

type Asked = readonly [
  name: MetricName,
  dimensions?: Readonly<Record<string, string>>,
  statistic?: 'Sum' | 'SampleCount',
];

/** Waits until each metric has grown by as much as was expected, or more: other tests buy meanwhile. */
async function growing(asked: readonly (readonly [...Asked, by: number])[], act: () => Promise<unknown>) {
  const now = () =>
    Promise.all(asked.map(([name, dimensions, statistic]) => shopMeasured(name, dimensions, statistic)));
  const before = await now();
  await act();
  await expect
    .poll(
      async () =>
        (await now()).map((value, index) => value - (before[index] ?? 0) >= (asked[index]?.[3] ?? 0)),
      { timeout: 60_000 },
    )
    .toEqual(asked.map(() => true));
}

describe('what the shop is for', () => {
  it('is measured from the first product in a cart to the receipt', async () => {
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 2 }]);
    const { amount, currency } = request.expectedTotal;
    await growing(
      [
        ['CartsStarted', {}, 'Sum', 1],
        ['OrdersPlaced', {}, 'Sum', 1],
        ['OrdersConfirmed', {}, 'Sum', 1],
        ['RevenueMinorUnits', { currency }, 'Sum', amount],
        ['CheckoutDuration', { outcome: 'confirmed' }, 'SampleCount', 1],
        ['CheckoutDuration', { outcome: 'confirmed' }, 'Sum', 1],
        ['OrdersLate', {}, 'SampleCount', 1],
        ['MailsSent', { mail: 'order.confirmed.v1' }, 'Sum', 1],
      ],
      async () => {
        await customer.shop.putCartItem({ params: { sku: 'MUG-CANARY' }, body: { quantity: 2 } });
        const order = await settled(customer, await place(customer, request));
        expect(order.status).toBe('confirmed');
      },
    );
  });

  it('is measured where an order is refused: why, by whom, and how long the customer waited', async () => {
    const reason = 'insufficient_funds';
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }], cards.insufficientFunds);
    await growing(
      [
        ['OrdersRefused', { reason }, 'Sum', 1],
        ['PaymentsDeclined', { reason }, 'Sum', 1],
        ['CheckoutDuration', { outcome: 'refused' }, 'SampleCount', 1],
        ['MailsSent', { mail: 'order.refused.v1' }, 'Sum', 1],
      ],
      async () => settled(customer, await place(customer, request)),
    );
  });

  it('is measured where a request never becomes an order', async () => {
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]);
    const body = { ...request, expectedTotal: { ...request.expectedTotal, amount: 1 } };
    await growing([['OrderRequestsRefused', { reason: 'PRICE_CHANGED' }, 'Sum', 1]], async () =>
      expect(customer.shop.placeOrder({ body, idempotencyKey: newKey() })).rejects.toMatchObject({
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
