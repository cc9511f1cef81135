import type { Cart as CartReply } from '@shipline/contracts';
import type { CartErrorCode } from '../domain/cart-error.js';
import type { PricedCart } from '../domain/priced-cart.js';

export const statusOf = {
  CART_CHANGED: 409,
  CART_FULL: 409,
  CART_NOT_FOUND: 404,
  UNKNOWN_SKU: 422,
} as const satisfies Record<CartErrorCode, number>;

/** What leaves of a cart. */
export const toReply = ({ version, lines, total, unavailable }: PricedCart): CartReply => ({
  version,
  lines: [...lines],
  total,
  unavailable: [...unavailable],
});
