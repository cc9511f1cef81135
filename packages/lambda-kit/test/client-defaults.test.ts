import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { clientDefaults } from '../src/client-defaults.js';
import { inScope } from '../src/scope.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A service that never answers, and a client of it. */
async function silence(requestTimeout: number) {
  const service = { attempts: 0 };
  server = createServer(() => {
    service.attempts += 1;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    ...clientDefaults({ requestTimeout }),
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  /** `remaining`: what Lambda says at each attempt, in milliseconds. */
  const callWith = (...remaining: number[]) =>
    inScope(
      { correlationId: 'correlation-1', annotations: {}, remainingMs: () => remaining.shift() ?? 0 },
      () => client.send(new ListTablesCommand({})),
    );
  return { service, callWith, call: () => client.send(new ListTablesCommand({})) };
}

it('gives up on a service that never answers, after three attempts', async () => {
  const { service, call } = await silence(400);

  await expect(call()).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(service.attempts).toBe(3);
});

it('does not begin an attempt that the invocation would not live to see', async () => {
  const { service, callWith } = await silence(100);

  await expect(callWith(10_000, 1_500, 1_499, 10_000)).rejects.toMatchObject({ name: 'OutOfTime' });
  expect(service.attempts).toBe(2);
});

it('gives an attempt no more time than the invocation has', async () => {
  const { service, callWith } = await silence(3_600_000);

  await expect(callWith(1_500)).rejects.toMatchObject({ name: 'OutOfTime' });
  expect(service.attempts).toBe(1);
});
