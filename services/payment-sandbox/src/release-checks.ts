import { restApiEvent } from '@shipline/lambda-kit/http/api-event';
import {
  type CallVersion,
  CheckFailed,
  conforms,
  jsonOf,
  type ReleaseChecks,
  replyOf,
  type Trial,
} from '@shipline/lambda-kit/release-checks';
import * as z from 'zod/mini';

/** What the shop reads of an intent; Stripe's has many more fields. */
const Intent = z.looseObject({
  id: z.string().check(z.regex(/^pi_/)),
  object: z.literal('payment_intent'),
  status: z.string(),
  amount: z.int(),
  amount_capturable: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  metadata: z.record(z.string(), z.string()),
});
type Intent = z.infer<typeof Intent>;
const IntentList = z.looseObject({ object: z.literal('list'), data: z.array(Intent), has_more: z.boolean() });
const Refused = z.object({ error: z.looseObject({ type: z.string(), message: z.string() }) });

interface Wire<S extends z.ZodMiniType> {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly form?: Record<string, string>;
  readonly idempotencyKey?: string;
  /** The merchant's, or none. */
  readonly key?: string;
  readonly status?: number;
  readonly schema: S;
  readonly expected?: unknown;
}

/**
 * What a new version must do before the shop pays with it, on Stripe's wire. Its intents are cancelled; cancelled
 * ones stay, as at Stripe.
 */
export const sandboxReleaseChecks = ({ apiKey }: { apiKey: () => Promise<string> }): ReleaseChecks => ({
  api: [
    {
      name: 'lists payment intents',
      run: async (trial) => {
        await ask(trial, { path: '/payment_intents', key: await apiKey(), schema: IntentList });
      },
    },
    {
      name: 'knows no payment intent that it never made',
      run: async (trial) => {
        const expected = { error: { type: 'invalid_request_error', code: 'resource_missing' } };
        const about = { path: '/payment_intents/pi_synthetic', key: await apiKey() };
        await ask(trial, { ...about, status: 404, schema: Refused, expected });
      },
    },
    {
      name: 'answers nobody without a key',
      run: async (trial) => {
        const expected = { error: { type: 'invalid_request_error' } };
        await ask(trial, { path: '/payment_intents', status: 401, schema: Refused, expected });
      },
    },
    {
      name: 'creates, confirms and cancels a payment intent',
      writes: true,
      run: async (trial) => pays(trial, await apiKey()),
    },
  ],
});

async function pays(trial: Trial, key: string): Promise<void> {
  trial.afterwards(() => cancelled(trial, key));
  const unpaid = {
    amount: 100,
    amount_received: 0,
    currency: 'usd',
    metadata: { synthetic: trial.correlationId },
  };
  const { id } = await create(trial, key, {
    ...unpaid,
    status: 'requires_confirmation',
    amount_capturable: 0,
  });
  const change = { method: 'POST', key, schema: Intent } as const;
  const blocked = { ...unpaid, id, status: 'requires_capture', amount_capturable: 100 };
  await ask(trial, { ...change, path: `/payment_intents/${id}/confirm`, expected: blocked });
  const free = { ...unpaid, id, status: 'canceled', amount_capturable: 0 };
  await ask(trial, { ...change, path: `/payment_intents/${id}/cancel`, expected: free });
  await ask(trial, { path: `/payment_intents/${id}`, key, schema: Intent, expected: free });
}

/** The same key is the same intent: so its id is found again although the first answer was lost. */
const create = (trial: Trial, key: string, expected?: unknown, version?: CallVersion): Promise<Intent> =>
  ask(
    trial,
    {
      method: 'POST',
      path: '/payment_intents',
      key,
      idempotencyKey: `release-check:${trial.orderId}`,
      form: {
        amount: '100',
        currency: 'usd',
        capture_method: 'manual',
        payment_method: 'pm_card_visa',
        'metadata[synthetic]': trial.correlationId,
      },
      schema: Intent,
      expected,
    },
    version,
  );

async function cancelled(trial: Trial, key: string): Promise<void> {
  const live = trial.live('api');
  const { id } = await create(trial, key, undefined, live);
  const path = `/payment_intents/${id}`;
  const { status } = await ask(trial, { path, key, schema: Intent }, live);
  if (status === 'canceled') return;
  const expected = { status: 'canceled' };
  await ask(trial, { method: 'POST', path: `${path}/cancel`, key, schema: Intent, expected }, live);
}

/** Sends the event that API Gateway's REST API would send. @throws {CheckFailed} */
async function ask<S extends z.ZodMiniType>(
  { target, correlationId }: Trial,
  { method = 'GET', path, form, key, idempotencyKey, status = 200, schema, expected }: Wire<S>,
  version: CallVersion = target,
): Promise<z.output<S>> {
  const event = restApiEvent({
    method,
    path,
    headers: {
      'x-correlation-id': correlationId,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
  });
  const what = `${method} ${path} to answer ${status} as Stripe does`;
  const answer = await version(event);
  if ('error' in answer) throw new CheckFailed(what, answer.error);
  const reply = replyOf(answer.value);
  if (reply.statusCode !== status) throw new CheckFailed(what, `${reply.statusCode} ${reply.body}`);
  return conforms(what, schema, jsonOf(reply, 'application/json'), expected);
}
