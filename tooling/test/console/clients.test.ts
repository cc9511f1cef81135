import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { expect, it, vi } from 'vitest';
import { consoleClients } from '../../src/console/clients.js';

/** Answers nothing until it is told to. */
async function patientServer() {
  const waiting: ServerResponse[] = [];
  let most = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === '/barrier') {
      response.end();
      return;
    }
    waiting.push(response);
    most = Math.max(most, waiting.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, endpoint, waiting, most: () => most, answer: () => waiting.shift()?.end('{}') };
}

it('has no more than six calls under way, whichever service they are for', async () => {
  const { server, endpoint, waiting, most, answer } = await patientServer();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const { lambda, stepFunctions } = consoleClients({ endpoint, credentials, region: 'us-east-1' });

  const calls = Promise.all(
    Array.from({ length: 10 }, () => [
      lambda.send(new ListFunctionsCommand({})),
      stepFunctions.send(new ListStateMachinesCommand({})),
    ]).flat(),
  );
  for (let left = 20; left > 0; left -= 1) {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThanOrEqual(Math.min(left, 6)));
    // Whatever else was sent has arrived before this.
    await fetch(`${endpoint}/barrier`);
    answer();
  }

  expect(await calls).toHaveLength(20);
  expect(most()).toBe(6);
  server.closeAllConnections();
  server.close();
});
