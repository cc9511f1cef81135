import type { ErrorCode } from '../domain/error-codes.js';
import type { GatewayError } from '../domain/gateway-error.js';
import type { Reply } from '../ports/reply.js';
import { intentView, methodView } from './views.js';

interface Wire {
  readonly type: 'card_error' | 'invalid_request_error' | 'idempotency_error';
  readonly status: number;
  /** Stripe has no code for it. */
  readonly hidden?: true;
}

const invalid = (status = 400): Wire => ({ type: 'invalid_request_error', status });
const codeless = (status = 400): Wire => ({ ...invalid(status), hidden: true });
const card: Wire = { type: 'card_error', status: 402 };

const wireOf = {
  amount_too_large: invalid(),
  amount_too_small: invalid(),
  api_key_invalid: codeless(401),
  api_key_missing: codeless(401),
  authentication_required: card,
  body_malformed: codeless(),
  card_declined: card,
  charge_already_refunded: invalid(),
  expired_card: card,
  idempotency_key_in_use: invalid(409),
  idempotency_mismatch: { type: 'idempotency_error', status: 400, hidden: true },
  incorrect_cvc: card,
  incorrect_number: card,
  invalid_cvc: card,
  invalid_expiry_month: card,
  invalid_expiry_year: card,
  lock_timeout: invalid(429),
  parameter_invalid: codeless(),
  parameter_invalid_empty: invalid(),
  parameter_invalid_integer: invalid(),
  parameter_missing: invalid(),
  parameter_unknown: invalid(),
  payment_intent_unexpected_state: invalid(),
  processing_error: card,
  refund_too_large: codeless(),
  resource_missing: invalid(404),
  secret_key_required: invalid(403),
  too_many_endpoints: codeless(),
  url_invalid: invalid(),
} as const satisfies Record<ErrorCode, Wire>; // a new code does not compile until it has a status

const jsonReply = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) });

export const ok = (view: unknown): Reply => jsonReply(200, view);

/** Stripe's error (https://docs.stripe.com/api/errors). */
export function refusal({ code, facts }: GatewayError): Reply {
  const { type, status, hidden }: Wire = wireOf[code];
  const { message, param, declineCode, intent } = facts;
  const failed = type === 'card_error' && intent?.charge;
  return jsonReply(status, {
    error: {
      type,
      ...(!hidden && { code, doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}` }),
      ...(declineCode !== undefined && { decline_code: declineCode }),
      message,
      ...(param !== undefined && { param }),
      ...(failed && { charge: failed.id, payment_method: methodView(failed.method) }),
      ...(intent && { payment_intent: intentView(intent) }),
    },
  });
}

/** What the router or the kit refuses before there is an endpoint. */
export const refusedRequest = (status: number, message: string): Reply =>
  jsonReply(status, { error: { type: 'invalid_request_error', message } });

/** The 500 that the switch `error` asks for. */
export const broken = (): Reply =>
  jsonReply(500, {
    error: { type: 'api_error', message: 'Sorry! There was an error while talking to one of our backends.' },
  });

/** What API Gateway answers where a function takes longer than 29 s. It has no `error`: SDKs take it for an object. */
export const timedOut = (): Reply => jsonReply(504, { message: 'Endpoint request timed out' });
