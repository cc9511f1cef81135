import { createHmac } from 'node:crypto';
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { DeliveryFailed, type WebhookSender } from '../ports/webhooks.js';
import { type AddressRules, isForbiddenAddress } from './webhook-addresses.js';

/** Below the function's own 15 s. */
const TIMEOUT_MS = 10_000;

interface Options {
  readonly addresses: AddressRules;
  readonly clock: () => Date;
  readonly timeoutMs?: number;
  readonly lookup?: typeof systemLookup;
}

/** `t=…,v1=…` (https://docs.stripe.com/webhooks/signature). */
export function signatureOf(body: string, secret: string, now: Date): string {
  const timestamp = Math.floor(now.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

/** Posts signed events. Redirects are not followed, and the address that was checked is the one that is called. */
export const httpWebhookSender = ({
  addresses,
  clock,
  timeoutMs = TIMEOUT_MS,
  lookup = systemLookup,
}: Options): WebhookSender => ({
  async send({ url, secret, body }) {
    const refusal = addresses.refusal(url);
    if (refusal !== undefined) throw new DeliveryFailed(refusal);
    const target = new URL(url);
    const status = await post(target, body, signatureOf(body, secret, clock()), {
      timeoutMs,
      ...(!addresses.isAllowedHost(target.hostname) && { lookup: publicOnly(lookup) }),
    });
    if (status < 200 || status > 299) throw new DeliveryFailed(`${target.host} answered ${status}`);
  },
});

/** A name may lead to a private address only when it is looked up, and to another one each time. */
const publicOnly =
  (lookup: typeof systemLookup): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const refused = found?.some(({ address }) => isForbiddenAddress(address));
      const [first] = found ?? [];
      if (error || refused || !first)
        callback(error ?? new DeliveryFailed(`${hostname} leads to a private address`), '', 4);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };

interface Sending {
  readonly timeoutMs: number;
  readonly lookup?: LookupFunction;
}

function post(url: URL, body: string, signature: string, { timeoutMs, lookup }: Sending): Promise<number> {
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'stripe-signature': signature,
    'user-agent': 'Shipline-Sandbox/1.0',
  };
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) =>
      reject(
        cause instanceof DeliveryFailed
          ? cause
          : new DeliveryFailed(`${url.host}: ${cause.message}`, { cause }),
      );
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(url, { method: 'POST', headers, signal, ...(lookup && { lookup }) }, (response) => {
      resolve(response.statusCode ?? 0);
      // What it says is of no interest.
      response.destroy();
    });
    sent.on('error', failed);
    sent.end(body);
  });
}
