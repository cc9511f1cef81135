import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OrderLine, ReserveRequest } from '@shipline/contracts';
import { apiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext } from '@shipline/testing';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { key } from '../api.js';
import { aRequest, customerId } from '../builders.js';
import { FakeCatalog, FakeInventory } from '../fakes/services.js';

const catalog = new FakeCatalog();
const inventory = new FakeInventory();
/** What the API asked for, and who does not answer. */
const asked: string[] = [];
let silent = '';

/** AWS, as far as placing an order needs it. */
const aws = createServer(async (request, response) => {
  const target = targetOf(request);
  asked.push(target);
  if (target === silent) return;
  const body: Buffer[] = await request.toArray();
  reply(response, await answerOf(target, JSON.parse(Buffer.concat(body).toString())));
});

const targetOf = ({ url = '', headers }: IncomingMessage) =>
  /functions\/(\w+)/.exec(url)?.[1] ?? String(headers['x-amz-target']).split('.')[1] ?? '';

const reply = (response: ServerResponse, answer: unknown) =>
  response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answer));

async function answerOf(target: string, request: unknown): Promise<unknown> {
  if (target === 'quote') return catalog.quote((request as { lines: OrderLine[] }).lines);
  if (target === 'reserve') return inventory.reserve(request as ReserveRequest);
  return target === 'StartExecution' ? { executionArn: 'arn', startDate: 0 } : {};
}

/** `remaining`: what Lambda says before each attempt of a call, in milliseconds. */
async function place(...remaining: number[]) {
  const { handler } = await import('../../src/functions/api.js');
  return handler(
    apiEvent({ method: 'POST', path: '/api/orders', body: aRequest(), headers: key, customerId }),
    lambdaContext({ getRemainingTimeInMillis: () => remaining.shift() ?? 0 }),
  );
}

beforeEach(async () => {
  silent = '';
  asked.length = 0;
  inventory.held.clear();
  vi.resetModules();
  if (!aws.listening) await once(aws.listen(0, '127.0.0.1'), 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(aws.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('TABLE_NAME', 'orders');
  vi.stubEnv('CATALOG_QUOTE_FUNCTION', 'quote');
  vi.stubEnv('INVENTORY_RESERVE_FUNCTION', 'reserve');
  vi.stubEnv('STATE_MACHINE_ARN', 'arn:aws:states:us-east-1:100000000001:stateMachine:checkout');
});
afterAll(() => {
  aws.closeAllConnections();
  aws.close();
});

const enough = 10_000;
/** One attempt of a second, and none after it. */
const nearlyOver = [1_500, 1_499];

it.each([
  ['quote', [enough, ...nearlyOver], ['GetItem', 'quote']],
  ['reserve', [enough, enough, ...nearlyOver], ['GetItem', 'quote', 'reserve']],
  ['PutItem', [enough, enough, enough, ...nearlyOver], ['GetItem', 'quote', 'reserve', 'PutItem']],
])(
  'ends by itself when %s does not answer, and the same request places the order',
  async (name, time, calls) => {
    silent = name;
    await expect(place(...time)).rejects.toMatchObject({ name: 'OutOfTime' });
    expect(asked).toEqual(calls);
    silent = '';

    expect(await place(...Array(5).fill(enough))).toMatchObject({ statusCode: 202 });
    expect(inventory.held.size).toBe(1);
  },
);
