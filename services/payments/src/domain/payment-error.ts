import { Refusal } from '@shipline/lambda-kit/refusal';
import type { Operation } from './fact.js';

export const paymentErrorCodes = ['INVALID_SIGNATURE', 'GATEWAY_UNAVAILABLE'] as const;
export type PaymentErrorCode = (typeof paymentErrorCodes)[number];

/** A refusal that the webhook's caller can act on. `code` is part of the API. */
export class PaymentError extends Refusal<PaymentErrorCode> {
  override readonly name = 'PaymentError';
}

/** Nobody knows whether the gateway did it. The state machine retries tasks by this name. */
export class PaymentUnknown extends Error {
  override readonly name = 'PaymentUnknown';
  constructor(
    readonly operation: Operation,
    options?: ErrorOptions,
  ) {
    super(`The outcome of ${operation} is unknown`, options);
  }
}

/** Gateway and ledger say what cannot both be. A fault: people have to look. */
export class LedgerContradiction extends Error {
  override readonly name = 'LedgerContradiction';
}
