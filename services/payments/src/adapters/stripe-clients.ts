import Stripe from 'stripe';
import type { SecretSource } from './gateway-secret.js';
import { punctualHttpClient } from './punctual-http-client.js';

/** The newest version whose replies this code was written against; see the changelog before raising it. */
export const STRIPE_API_VERSION = '2026-10-28.endive';
/** Below a task's 20 s; later calls of the same task get less (punctual-http-client.ts). */
const TIMEOUT_MS = 8_000;

export interface StripeClients {
  current(): Promise<Stripe>;
  /** After the key was rejected: a client with another key, if there is one by now. */
  renewed(): Promise<Stripe | undefined>;
}

/** @param gatewayUrl origin of the API, for example `https://api.stripe.com`; its paths begin with `/v1` */
export function stripeClients(gatewayUrl: string, secret: SecretSource): StripeClients {
  let made: { readonly apiKey: string; readonly client: Stripe } | undefined;
  const current = async (): Promise<Stripe> => {
    const { apiKey } = await secret.read();
    // eslint-disable-next-line security/detect-possible-timing-attacks -- both are our own: nobody guesses
    if (made?.apiKey !== apiKey) made = { apiKey, client: stripeClient(apiKey, gatewayUrl) };
    return made.client;
  };
  return {
    current,
    renewed: async () => ((await secret.renew()) ? current() : undefined),
  };
}

/**
 * Its own retries are off: after an unknown outcome the ledger decides what to do. One stays, whatever we say: a
 * request on a connection that was closed (a keep-alive socket of a frozen function) is sent once more, under the
 * same idempotency key, which the SDK makes where we give none.
 */
export function stripeClient(apiKey: string, gatewayUrl: string, timeout = TIMEOUT_MS): Stripe {
  const { hostname, port, protocol } = new URL(gatewayUrl);
  return new Stripe(apiKey, {
    apiVersion: STRIPE_API_VERSION,
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout,
    httpClient: punctualHttpClient(),
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
