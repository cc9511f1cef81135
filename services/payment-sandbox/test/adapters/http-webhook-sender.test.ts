import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixedClock, someTime } from '@shipline/testing';
import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import { httpWebhookSender } from '../../src/adapters/http-webhook-sender.js';
import { webhookAddresses } from '../../src/adapters/webhook-addresses.js';

const secret = 'whsec_test';
const body = JSON.stringify({ id: 'evt_1', object: 'event' });
let server: Server | undefined;

/** @returns the port of a server that answers so. */
async function shop(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.address() as AddressInfo).port;
}
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const sender = (options: { allowed?: string[]; leadsTo?: string; timeoutMs?: number } = {}) =>
  httpWebhookSender({
    addresses: webhookAddresses(options.allowed ?? ['localhost']),
    clock: fixedClock(),
    timeoutMs: options.timeoutMs ?? 5_000,
    ...(options.leadsTo !== undefined && { lookup: lookupTo(options.leadsTo) }),
  });

const lookupTo = (address: string) =>
  ((_: string, __: object, callback: (error: null, found: object[]) => void) =>
    callback(null, [{ address, family: 4 }])) as unknown as typeof import('node:dns').lookup;

describe('a webhook that is sent', () => {
  it('carries a signature that the SDK accepts', async () => {
    let received: { signature: string; text: string } | undefined;
    const port = await shop(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received = {
        signature: String(request.headers['stripe-signature']),
        text: Buffer.concat(chunks).toString(),
      };
      response.end();
    });

    await sender().send({ url: `http://localhost:${port}/hook`, secret, body });

    const { text = '', signature = '' } = received ?? {};
    const at = Math.floor(someTime.getTime() / 1000);
    expect(text).toBe(body);
    expect(signature).toMatch(new RegExp(`^t=${at},v1=[0-9a-f]{64}$`));
    expect(Stripe.webhooks.constructEvent(text, signature, secret, 300, undefined, at * 1000)).toMatchObject({
      id: 'evt_1',
    });
  });

  it.each([500, 404, 302])('is not delivered where the shop answers %i', async (status) => {
    let calls = 0;
    const port = await shop((_, response) => {
      calls += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });

    const sent = sender().send({ url: `http://localhost:${port}/hook`, secret, body });

    await expect(sent).rejects.toThrow(`localhost:${port} answered ${status}`);
    expect(calls).toBe(1);
  });

  it('is not delivered where nobody answers in time, or nobody is there', async () => {
    const port = await shop(() => undefined);
    const url = `http://localhost:${port}/hook`;

    await expect(sender({ timeoutMs: 50 }).send({ url, secret, body })).rejects.toThrow('localhost');
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await expect(sender().send({ url, secret, body })).rejects.toMatchObject({ name: 'DeliveryFailed' });
  });

  it('does not go to a public name that leads to a private address', async () => {
    let calls = 0;
    const port = await shop((_, response) => {
      calls += 1;
      response.end();
    });

    const sent = sender({ leadsTo: '127.0.0.1' }).send({
      url: `http://shop.example.com:${port}/`,
      secret,
      body,
    });

    await expect(sent).rejects.toThrow('leads to a private address');
    expect(calls).toBe(0);
  });

  it('does not go to an address that was allowed once and is no more', async () => {
    const sent = sender({ allowed: [] }).send({ url: 'http://localhost:4567/', secret, body });

    await expect(sent).rejects.toMatchObject({ name: 'DeliveryFailed' });
  });
});
