import type { ErrorCode } from './error-codes.js';
import type { PaymentIntent } from './payment-intent.js';

export interface ErrorFacts {
  /** A sentence for people; it repeats nothing of a card. */
  readonly message: string;
  /** The parameter that is wrong, for example `card[number]`. */
  readonly param?: string | undefined;
  /** The issuer's reason (https://docs.stripe.com/declines/codes). */
  readonly declineCode?: string | undefined;
  /** The intent as it is after the refusal. */
  readonly intent?: PaymentIntent | undefined;
}

/** A refusal that the merchant can act on. Whatever else is thrown is a fault. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  constructor(
    readonly code: ErrorCode,
    readonly facts: ErrorFacts,
  ) {
    super(facts.message);
  }
}

export const missing = (what: string, id: string, param = what): GatewayError =>
  new GatewayError('resource_missing', { message: `No such ${what}: '${id}'`, param });

export const unexpectedState = (intent: PaymentIntent, message: string): GatewayError =>
  new GatewayError('payment_intent_unexpected_state', { message, intent });
