import type { ClosingReason } from '@shipline/contracts';
import Stripe from 'stripe';
import { GatewayUnknown } from '../ports/gateway.js';

export const { StripeAuthenticationError, StripeCardError, StripeInvalidRequestError } = Stripe.errors;
const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;

/**
 * The error as the port has it. A 500 is kept by the gateway and repeated for its idempotency key
 * (https://docs.stripe.com/api/idempotent_requests); a time-out, a 502 or a 409 of a key in use is not.
 */
export function translated(error: unknown): unknown {
  if (error instanceof StripeAPIError) return new GatewayUnknown(error.statusCode === 500, { cause: error });
  if (error instanceof StripeConnectionError || error instanceof StripeRateLimitError)
    return new GatewayUnknown(false, { cause: error });
  return error;
}

/**
 * The SDK takes JSON without `error` for success, whatever its status: so API Gateway's own 429 or 504
 * (`{"message": …}`) comes as an object that is none of Stripe's.
 */
export function unreadable(reply: unknown, cause: Error): unknown {
  const status = (reply as { lastResponse?: { statusCode?: number } }).lastResponse?.statusCode ?? 200;
  const transient = status >= 500 || status === 429;
  const error = new Error(`The gateway's reply is unreadable (HTTP ${status})`, { cause });
  // A 200 that cannot be read has done something all the same.
  return transient || status < 300 ? new GatewayUnknown(false, { cause: error }) : error;
}

export interface Decline {
  readonly code?: string | null | undefined;
  readonly decline_code?: string | null | undefined;
}

/** By https://docs.stripe.com/declines/codes: `code` says what kind of decline, `decline_code` the issuer's reason. */
const reasons: Readonly<Record<string, ClosingReason>> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'card_expired',
  invalid_expiry_month: 'card_expired',
  invalid_expiry_year: 'card_expired',
  incorrect_cvc: 'incorrect_cvc',
  invalid_cvc: 'incorrect_cvc',
  authentication_required: 'authentication_required',
  payment_intent_authentication_failure: 'authentication_required',
  requires_action_not_handled: 'authentication_required',
  processing_error: 'payment_failed',
  issuer_not_available: 'payment_failed',
  try_again_later: 'payment_failed',
  card_declined: 'card_declined',
};

/** Why a card was not charged. A reason that the holder should not be told (lost, stolen, fraud) is a plain decline. */
export const reasonOf = ({ code, decline_code }: Decline): ClosingReason =>
  reasons[decline_code ?? ''] ?? reasons[code ?? ''] ?? 'card_declined';
