import { type HttpHandler, ulidSource } from '@shipline/lambda-kit';
import { restApiEvent } from '@shipline/lambda-kit/http/api-event';
import {
  lambdaContext,
  type RecordingLogger,
  recordingLogger,
  type SteppingClock,
  steppingClock,
} from '@shipline/testing';
import Stripe from 'stripe';
import { webhookAddresses } from '../src/adapters/webhook-addresses.js';
import { wireGateway } from '../src/composition.js';
import { stripeEntry } from '../src/handlers/stripe-entry.js';
import { InMemoryFaults } from './fakes/in-memory-faults.js';
import { InMemoryGatewayStore } from './fakes/in-memory-gateway-store.js';
import { InMemoryIdempotencyKeys } from './fakes/in-memory-idempotency-keys.js';

export const SECRET_KEY = 'sk_test_merchant0001';
export const PUBLISHABLE_KEY = 'pk_test_merchant';

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface InProcessGateway {
  /** As Lambda calls it. */
  readonly handler: HttpHandler;
  readonly stripe: Stripe;
  readonly store: InMemoryGatewayStore;
  readonly keys: InMemoryIdempotencyKeys;
  readonly clock: SteppingClock;
  readonly logger: RecordingLogger;
  /** The waits that a reply was held back for, milliseconds. */
  readonly waits: number[];
  /** The official SDK with another key. */
  sdk(key: string): Stripe;
  /** One request as a browser or curl sends it, with the path behind the stage. */
  call(request: {
    method?: string;
    path: string;
    key?: string;
    authorization?: string;
    form?: Record<string, string> | string;
    headers?: Record<string, string>;
  }): Promise<WireReply>;
  /** Switches a fault on. */
  fault(form: Record<string, string>): Promise<WireReply>;
}

/** The whole app without a cloud: the SDK speaks to the handler as API Gateway would call it. */
export function inProcessGateway(): InProcessGateway {
  const keys = new InMemoryIdempotencyKeys();
  const store = new InMemoryGatewayStore(keys);
  const clock = steppingClock();
  const logger = recordingLogger();
  const waits: number[] = [];
  const router = wireGateway({
    store,
    keys,
    faults: new InMemoryFaults(),
    clock,
    ids: ulidSource({ clock }),
    addresses: webhookAddresses(['localhost']),
    newSecret: () => 'whsec_test',
    isMerchantKey: async (key) => key === SECRET_KEY,
    documents: {
      stripeScript: 'script',
      cardFrame: '<!doctype html>',
      cardFramePolicy: "default-src 'none'",
    },
    sleep: async (milliseconds) => {
      if (milliseconds >= 1000) waits.push(milliseconds);
    },
  });
  const handler = stripeEntry(router, { logger });
  const fetchFromHandler: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const event = restApiEvent({
      method: request.method,
      path: url.pathname.replace(/^\/v1/, ''),
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
    const { statusCode, headers, body } = await handler(event, lambdaContext());
    return new Response(body, { status: statusCode, headers });
  };
  const sdk = (key: string) =>
    new Stripe(key, {
      httpClient: Stripe.createFetchHttpClient(fetchFromHandler),
      maxNetworkRetries: 0,
      telemetry: false,
    });
  const call: InProcessGateway['call'] = async ({
    method = 'GET',
    path,
    key = SECRET_KEY,
    authorization,
    form,
    headers,
  }) => {
    const response = await fetchFromHandler(`https://gateway.test/v1${path}`, {
      method,
      headers: {
        ...(key !== '' && { authorization: authorization ?? `Bearer ${key}` }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: json ? JSON.parse(text) : text,
    };
  };
  return {
    handler,
    stripe: sdk(SECRET_KEY),
    store,
    keys,
    clock,
    logger,
    waits,
    sdk,
    call,
    fault: (form) => call({ method: 'POST', path: '/test_helpers/faults', form }),
  };
}

/** A header of the reply; the SDK's type has them as an object, with fetch they are `Headers`. */
export const headerOf = ({ lastResponse }: Stripe.Response<object>, name: string): string | null =>
  (lastResponse.headers as unknown as Headers).get(name);
