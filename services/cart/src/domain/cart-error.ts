import { Refusal } from '@shipline/lambda-kit/refusal';

export const cartErrorCodes = ['CART_CHANGED', 'CART_FULL', 'CART_NOT_FOUND', 'UNKNOWN_SKU'] as const;
export type CartErrorCode = (typeof cartErrorCodes)[number];

/** A refusal that the caller can act on. `code` is part of the API; the HTTP status is not decided here. */
export class CartError extends Refusal<CartErrorCode> {
  override readonly name = 'CartError';
}

export const isCartChanged = (error: unknown): error is CartError =>
  error instanceof CartError && error.code === 'CART_CHANGED';
