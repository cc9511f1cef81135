import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  GetQueryResultsCommand,
  type QueryDefinition,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it, vi } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { orderRequest, place, settled } from '../support/orders.js';

const logs = new CloudWatchLogsClient({});
const prefix = `shipline/${outputs.environment}/`;

async function savedQueries(): Promise<QueryDefinition[]> {
  const { queryDefinitions = [] } = await logs.send(
    new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: prefix, maxResults: 1000 }),
  );
  return queryDefinitions;
}

/** The rows of a query over the last hour, by column. */
async function rowsOf({ queryString, logGroupNames }: QueryDefinition): Promise<Record<string, string>[]> {
  const now = Math.floor(Date.now() / 1000);
  const { queryId } = await logs.send(
    new StartQueryCommand({ queryString, logGroupNames, startTime: now - 3600, endTime: now + 60 }),
  );
  return vi.waitFor(async () => {
    const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
    if (status !== 'Complete') throw new Error(`${queryString} is ${status}`);
    return results.map((row) =>
      Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value] as const)),
    );
  });
}

it('can all be run, and show what they are named after', async () => {
  const found = await savedQueries();
  const rows = new Map(
    await Promise.all(found.map(async (query) => [String(query.name), await rowsOf(query)] as const)),
  );

  expect(rows.size).toBeGreaterThanOrEqual(30);
  expect(rows.get(`${prefix}orders/cold-starts`)?.[0]).toEqual({
    '@log': expect.stringContaining(`/aws/lambda/shipline-${outputs.environment}-orders-`),
    starts: expect.stringMatching(/^\d+$/),
    p50_ms: expect.stringMatching(/^[\d.]+$/),
    p99_ms: expect.stringMatching(/^[\d.]+$/),
  });
  const slowest = rows.get(`${prefix}orders/slowest-invocations`)?.map(({ ms }) => Number(ms)) ?? [];
  expect(slowest.length).toBeGreaterThan(0);
  expect(slowest).toEqual(slowest.toSorted((a, b) => b - a));
});

it('find one order’s lines in each service that took part', async () => {
  const customer = await newCustomer();
  const orderId = await place(customer, await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]));
  await settled(customer, orderId);
  const found = await savedQueries();

  for (const service of ['orders', 'payments', 'inventory']) {
    const saved = found.find(({ name }) => name === `${prefix}${service}/one-order`);
    const query = { ...saved, queryString: saved?.queryString?.replace('ord_REPLACE_ME', orderId) };
    await expect
      .poll(async () => (await rowsOf(query)).map((row) => row['function_name']), { timeout: 20_000 })
      .toContainEqual(expect.stringContaining(`-${service}-`));
  }
});
