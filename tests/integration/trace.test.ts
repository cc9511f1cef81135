import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { BatchGetTracesCommand, XRayClient } from '@aws-sdk/client-xray';
import { root } from '@shipline/tooling/paths';
import { run, tool } from '@shipline/tooling/process';
import { collectOrderWay } from '@shipline/tooling/trace/collect';
import type { Moment, OrderWay } from '@shipline/tooling/trace/order-way';
import { expect, it, vi } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { http } from '../support/http.js';
import { newKey, orderRequest, settled } from '../support/orders.js';
import { newTraceId } from '../support/traces.js';

const clients = {
  stepFunctions: new SFNClient({}),
  xray: new XRayClient({}),
  logs: new CloudWatchLogsClient({}),
};

/** Places an order that pays, with the caller's decision whether it is traced, and waits until it is confirmed. */
async function paidOrder(sampled: 0 | 1): Promise<{ orderId: string; traceId: string }> {
  const customer = await newCustomer();
  const traceId = newTraceId();
  const placed = await http
    .post('/api/orders')
    .set({
      authorization: `Bearer ${customer.accessToken}`,
      'idempotency-key': newKey(),
      'x-amzn-trace-id': `Root=${traceId};Sampled=${sampled}`,
    })
    .send(await orderRequest([{ sku: 'PRINT-TRACE', quantity: 1 }]))
    .expect(202);
  const orderId = placed.body.orderId as string;
  expect((await settled(customer, orderId)).status).toBe('confirmed');
  return { orderId, traceId };
}

/** The order's way, once the last consumer has reported. */
function wayOf(orderId: string, isWhole: (way: OrderWay) => boolean): Promise<OrderWay> {
  return vi.waitFor(
    async () => {
      const way = await collectOrderWay(clients, outputs, { orderId, hours: 1, now: new Date() });
      if (!way || !isWhole(way)) throw new Error(`Not whole yet: ${JSON.stringify(way, null, 1)}`);
      return way;
    },
    { timeout: 60_000, interval: 1_000 },
  );
}

/** Every function that a paid order passes, in the order in which it reaches them first. */
const passed = [
  'orders-api',
  'inventory-reserve',
  'payments-authorise',
  'inventory-commit-stock',
  'payments-capture',
  'orders-on-payment-captured',
  'notifications-on-order-confirmed',
];
const named = (name: string) => `shipline-${outputs.environment}-${name}`;
const invocationsOf = ({ moments }: OrderWay, name: string): Moment[] =>
  moments.filter(({ where }) => where === named(name));

it('follows a paid order from its request to its receipt by the annotation, in linked traces', async () => {
  const { orderId, traceId } = await paidOrder(1);

  const way = await wayOf(orderId, (found) =>
    passed.every((name) => invocationsOf(found, name).some(({ sources }) => sources.includes('trace'))),
  );

  const first = passed.map((name) => invocationsOf(way, name)[0]?.at ?? 0);
  expect(first).toEqual([...first].sort((one, other) => one - other));
  expect(way.moments.filter(({ failed }) => failed)).toEqual([]);
  expect(way.executions.map(({ name, status }) => [name, status])).toEqual([[orderId, 'SUCCEEDED']]);
  // The request, the checkout and its tasks are one trace; what follows an event is linked to it.
  const documents = await traceDocuments([traceId]);
  expect(documents.map(({ name }) => name)).toEqual(
    expect.arrayContaining(
      ['orders-api', 'checkout', 'payments-authorise', 'inventory-commit-stock', 'payments-capture'].map(
        named,
      ),
    ),
  );
  const linked = await traceDocuments(way.traces);
  const receipt = linked.find(
    ({ name, links }) => name === named('notifications-on-order-confirmed') && links !== undefined,
  );
  expect(way.traces).toEqual(expect.arrayContaining([traceId, receipt?.links?.[0]?.trace_id]));
});

it('tells the same way from history and logs where nothing was sampled', async () => {
  const { orderId } = await paidOrder(0);

  const way = await wayOf(orderId, (found) =>
    passed.every((name) => invocationsOf(found, name).some(({ sources }) => sources.includes('log'))),
  );

  expect(way.moments.filter(({ where }) => where === 'checkout').map(({ what }) => what)).toEqual(
    expect.arrayContaining([`${orderId} started`, 'Authorise', `${orderId} ended: SUCCEEDED`]),
  );
  const first = passed.map((name) => invocationsOf(way, name)[0]?.at ?? 0);
  expect(first).toEqual([...first].sort((one, other) => one - other));
});

/** `pnpm trace` as it is typed. */
const command = (...args: string[]) =>
  run(tool('tsx'), [join(root, 'tooling/commands/trace.ts'), ...args, '--env', outputs.environment]);

it('prints the way for people and for programs', async () => {
  const { orderId } = await paidOrder(1);

  const [printed, json] = await Promise.all([command(orderId), command(orderId, '--json')]);

  expect(printed.output).toMatch(
    new RegExp(`^${orderId} in ${outputs.environment}: checkout SUCCEEDED, \\d+ steps`, 'm'),
  );
  const way = JSON.parse(json.output.slice(json.output.indexOf('{'))) as OrderWay;
  expect(way).toMatchObject({ orderId, executions: [{ name: orderId, status: 'SUCCEEDED' }] });
});

it('says so in one sentence where nobody knows the order', async () => {
  // An environment that lives longer than a run may have been asked for any constant one.
  const unknown = `ord_${randomBytes(13).toString('hex').toUpperCase()}`;

  const { code, output } = await command(unknown, '--hours', '1');

  expect(code).toBe(1);
  expect(output.trim()).toMatch(
    new RegExp(`^Nothing is known of order ${unknown} in environment .*last 1 h .*$`),
  );
});

interface Document {
  readonly name: string;
  readonly links?: readonly { readonly trace_id: string }[];
}

async function traceDocuments(ids: readonly string[]): Promise<Document[]> {
  const pages = await Promise.all(
    ids.map((id) => clients.xray.send(new BatchGetTracesCommand({ TraceIds: [id] }))),
  );
  return pages
    .flatMap(({ Traces = [] }) => Traces)
    .flatMap(({ Segments = [] }) => Segments)
    .map(({ Document: text = '{}' }) => JSON.parse(text));
}
