import { Refusal } from '@shipline/lambda-kit/refusal';

export const orderErrorCodes = [
  'CARD_NUMBER_REFUSED',
  'IDEMPOTENCY_KEY_REUSED',
  'INVALID_CURSOR',
  'ORDER_CHANGED',
  'ORDER_NOT_CANCELLABLE',
  'ORDER_NOT_FOUND',
  'PRICE_CHANGED',
  'QUANTITY_TOO_LARGE',
  'RESERVATION_EXPIRED',
  'SOLD_OUT',
  'STOCK_BUSY',
  'UNKNOWN_SKU',
] as const;
export type OrderErrorCode = (typeof orderErrorCodes)[number];

/** A refusal that the caller can act on. `code` is part of the API; the HTTP status is not decided here. */
export class OrderError extends Refusal<OrderErrorCode> {
  override readonly name = 'OrderError';
}

/**
 * Something that the protocol rules out, for example a refund of an order that was never paid. A fault: the
 * message is retried (an earlier event may still be on its way) and then waits in the dead-letter queue.
 */
export class OrderContradiction extends Error {
  override readonly name = 'OrderContradiction';
}
