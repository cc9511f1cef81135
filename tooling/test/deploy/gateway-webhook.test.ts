import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, expect, it } from 'vitest';
import { connectGateway } from '../../src/deploy/gateway-webhook.js';

const apiUrl = 'https://api.shop.example';
const url = `${apiUrl}/payments/webhook`;

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly enabled_events: readonly string[];
}

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => void close()));

/** The three calls of Stripe's API that a deployment makes, and the secret that it keeps. */
async function gateway(kept: Record<string, string> = { apiKey: 'sk_test_1' }) {
  const endpoints: Endpoint[] = [];
  const calls: string[] = [];
  let secret = kept;
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const id = request.url?.split('/')[3];
    if (request.method !== 'GET') calls.push(String(request.method));
    if (request.method === 'POST') {
      const enabled_events = [...form]
        .filter(([name]) => name.startsWith('enabled_events'))
        .map(([, value]) => value);
      endpoints.push({ id: `we_${calls.length}`, url: String(form.get('url')), enabled_events });
    }
    if (request.method === 'DELETE')
      endpoints.splice(
        endpoints.findIndex((endpoint) => endpoint.id === id),
        1,
      );
    const made = { ...endpoints.at(-1), secret: `whsec_${calls.length}` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? made : { data: endpoints }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => server.close());
  const secrets = {
    send: async ({ input }: GetSecretValueCommand | PutSecretValueCommand) => {
      if ('SecretString' in input && input.SecretString !== undefined) {
        calls.push('secret');
        secret = JSON.parse(input.SecretString);
      }
      return { SecretString: JSON.stringify(secret) };
    },
  };
  const gatewayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connect = () => connectGateway({ gatewayUrl, gatewaySecretArn: 'arn', apiUrl }, secrets as never);
  return { endpoints, calls, connect, secret: () => secret };
}

it('asks for the key where there is none', async () => {
  const { connect, calls } = await gateway({});

  expect(await connect()).toContain('Nobody can pay yet');
  expect(calls).toEqual([]);
});

it('registers the webhook once, and keeps its secret', async () => {
  const { connect, calls, endpoints, secret } = await gateway();

  expect(await connect()).toBe('The gateway now calls our webhook');
  expect(await connect()).toBe('The gateway calls our webhook');

  expect(endpoints).toMatchObject([{ url, enabled_events: expect.arrayContaining(['refund.failed']) }]);
  expect(secret()).toEqual({ apiKey: 'sk_test_1', webhookSecret: 'whsec_1', webhookUrl: url });
  expect(calls).toEqual(['POST', 'secret']);
});

it.each([
  ['is told of other events than we want now', ['payment_intent.succeeded']],
  ['is told of everything', ['*']],
])('makes a webhook anew that %s, and removes the old one last', async (_, enabled_events) => {
  const { connect, calls, endpoints, secret } = await gateway({
    apiKey: 'sk_test_1',
    webhookSecret: 'whsec_old',
    webhookUrl: url,
  });
  endpoints.push({ id: 'we_old', url, enabled_events }, { id: 'we_other', url: `${url}s`, enabled_events });

  await connect();

  expect(calls).toEqual(['POST', 'secret', 'DELETE']);
  expect(endpoints.map(({ id }) => id)).toEqual(['we_other', 'we_1']);
  expect(secret()['webhookSecret']).toBe('whsec_1');
});
