import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from '@shipline/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { unrefused } from '../../src/security/ask.js';
import { injections, probesOf } from '../../src/security/probes.js';

const getOrder: Endpoint = {
  method: 'GET',
  path: '/api/orders/{orderId}',
  service: 'orders',
  summary: 'Shows an order',
  auth: 'customer',
  status: 200,
  problems: {},
};
const placeOrder: Endpoint = {
  ...getOrder,
  method: 'POST',
  path: '/api/orders',
  body: z.strictObject({}),
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const accessToken = `${part({ alg: 'RS256' })}.${part({ sub: 'me' })}.signature`;
const probes = probesOf([getOrder, placeOrder], { accessToken, strangersOrder: 'ord_STRANGER' });

/** What a sound API answers. */
const sound: RequestListener = (request, response) => {
  const signedIn = request.headers.authorization === `Bearer ${accessToken}`;
  request.resume().on('end', () => {
    response.statusCode = !signedIn ? 401 : request.method === 'POST' ? 413 : 404;
    response.end('{}');
  });
};

/** What is found of an API that answers like this, and else as a sound one. */
async function found(flawed: (...args: Parameters<RequestListener>) => boolean): Promise<string[]> {
  const server = createServer((request, response) => {
    if (!flawed(request, response)) sound(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return unrefused(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, probes);
}

describe('attacks on an API', () => {
  it('find nothing where all are refused', async () => {
    expect(await found(() => false)).toEqual([]);
  });

  it('find that a token’s signature is not looked at', async () => {
    const holes = await found(({ headers }, response) => {
      if (!headers.authorization?.endsWith('.signature')) return false;
      response.statusCode = headers.authorization === `Bearer ${accessToken}` ? 404 : 200;
      response.end();
      return true;
    });

    expect(holes).toContain(
      'GET /api/orders/{orderId} with another customer under the old signature: 200 instead of 401',
    );
  });

  it('find that a stranger’s order is shown', async () => {
    const holes = await found(({ url, headers }, response) => {
      if (!url?.endsWith('ord_STRANGER') || !headers.authorization?.endsWith('signature')) return false;
      response.end('{}');
      return true;
    });

    expect(holes).toEqual(['GET /api/orders/{orderId} of another customer: 200 instead of 404']);
  });

  it('find that an oversize body is taken', async () => {
    const holes = await found((request, response) => {
      if (request.method !== 'POST' || !request.headers.authorization) return false;
      request.resume().on('end', () => response.writeHead(401).end());
      return true;
    });

    expect(holes).toEqual(['POST /api/orders with an oversize body: 401 instead of 413']);
  });

  it('find that what was sent brings it down, and that the answer shows why', async () => {
    const [injection = ''] = injections;
    const holes = await found(({ url }, response) => {
      if (!url?.endsWith(encodeURIComponent(injection))) return false;
      response.statusCode = 500;
      response.end('Error: syntax\n    at query (/var/task/index.mjs:3:14)');
      return true;
    });

    const attack = `GET /api/orders/{orderId} with ${JSON.stringify(injection)} as orderId`;
    expect(holes).toEqual([
      expect.stringMatching(/: 500 instead of 400 or/),
      `${attack}: the answer shows its code`,
    ]);
  });
});
