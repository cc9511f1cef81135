import { randomUUID } from 'node:crypto';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { cartReleaseChecks } from '@shipline/cart/release-checks';
import { catalogReleaseChecks } from '@shipline/catalog/release-checks';
import { OrderId, paymentIdOf } from '@shipline/contracts';
import { inventoryReleaseChecks } from '@shipline/inventory/release-checks';
import { type ReleaseChecks, SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/release-checks';
import { ordersReleaseChecks } from '@shipline/orders/release-checks';
import { sandboxReleaseChecks } from '@shipline/payment-sandbox/release-checks';
import { paymentsReleaseChecks } from '@shipline/payments/release-checks';
import { describe, expect, it } from 'vitest';
import { outputs } from '../support/environment.js';
import { gatewayKey, intentsOf } from '../support/gateway.js';
import { tableOf, tables } from '../support/invariants.js';
import { available } from '../support/orders.js';
import { checkLive } from '../support/release-hook.js';

/** No other test buys it, so that its stock moves by these checks alone. */
const sku = 'BAG-STATELESS';
const logs = new CloudWatchLogsClient({});
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

const tablesOfChecks: Readonly<Record<string, ReleaseChecks>> = {
  catalog: catalogReleaseChecks({ sku }),
  inventory: inventoryReleaseChecks({ sku }),
  cart: cartReleaseChecks({ sku }),
  orders: ordersReleaseChecks({ sku }),
  payments: paymentsReleaseChecks,
  'payment-sandbox': sandboxReleaseChecks({ apiKey: gatewayKey }),
};
const newDeployment = () => `d-${randomUUID()}`;
const passed = { status: 'Succeeded', failures: [] };

async function itemsOf(
  service: string,
  attribute: string,
  value: string,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const pages = paginateScan(
    { client: tables },
    {
      TableName: tableOf(service),
      FilterExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
}

/** The kinds of facts of every payment that a deployment's checks made, oldest first. */
async function paymentsOf(deployment: string): Promise<Map<OrderId, string[]>> {
  const facts = await itemsOf('payments', 'correlationId', `synthetic-${deployment}`);
  const kinds = new Map<OrderId, string[]>();
  for (const { pk, kind } of facts.sort((one, two) => (String(one['sk']) < String(two['sk']) ? -1 : 1))) {
    const orderId = OrderId.parse(String(pk).replace('PAY#', ''));
    kinds.set(orderId, [...(kinds.get(orderId) ?? []), String(kind)]);
  }
  return kinds;
}

async function cartOfNobody(): Promise<Record<string, unknown> | undefined> {
  const { Item } = await tables.send(
    new GetCommand({ TableName: tableOf('cart'), Key: { pk: `CART#${SYNTHETIC_CUSTOMER}` } }),
  );
  return Item;
}

async function deadLetters(): Promise<Record<string, string | undefined>> {
  const counts: Record<string, string | undefined> = {};
  for (const [name, QueueUrl] of Object.entries(outputs.queues)) {
    if (!/^(?:orders|payments|payment-sandbox)-.*(?:dead-letters|undelivered)$/.test(name)) continue;
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    counts[name] = Attributes?.['ApproximateNumberOfMessages'];
  }
  return counts;
}

/** Log lines of a consumer about an order. */
async function saidOf(consumer: string, orderId: string): Promise<string> {
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: `/aws/lambda/shipline-${outputs.environment}-${consumer}`,
      filterPattern: `"${orderId}"`,
    }),
  );
  return events.map(({ message }) => message).join('\n');
}

describe('the release checks of the live versions', () => {
  it.each(Object.entries(tablesOfChecks))(
    'pass for all functions of %s at the same time, and leave stock, carts and orders as they were',
    async (service, checks) => {
      const before = await available(sku);
      const deployment = newDeployment();

      const names = Object.keys(checks);
      const runs = await Promise.all(names.map((name) => checkLive(service, name, checks, deployment)));

      expect(runs).toEqual(names.map(() => passed));
      expect(await available(sku)).toBe(before);
      expect(await itemsOf('orders', 'customerId', SYNTHETIC_CUSTOMER)).toEqual([]);
      expect((await cartOfNobody())?.['lines'] ?? []).toEqual([]);
    },
  );

  it('keep nobody’s money, and nobody has to look at their events', async () => {
    const before = await deadLetters();
    const deployment = newDeployment();

    for (const name of Object.keys(paymentsReleaseChecks))
      expect(await checkLive('payments', name, paymentsReleaseChecks, deployment)).toEqual(passed);

    const payments = await paymentsOf(deployment);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    expect([...payments.values()].map((kinds) => kinds.at(-1)).sort()).toEqual([
      'refunded',
      'voided',
      'voided',
      'voided',
    ]);
    for (const [orderId, kinds] of payments) {
      const [intent, ...more] = await intentsOf(paymentIdOf(orderId));
      expect(more).toEqual([]);
      expect(intent?.refunded).toBe(intent?.amount_received);
      // What the ledger said of it was taken by orders, and put into no queue again.
      const consumers = kinds.includes('voided')
        ? ['orders-on-payment-voided']
        : ['orders-on-payment-captured', 'orders-on-payment-refunded'];
      for (const consumer of consumers)
        await expect
          .poll(() => saidOf(consumer, orderId), { timeout: 60_000 })
          .toContain('synthetic payment');
    }
    expect(await deadLetters()).toEqual(before);
  });
});
