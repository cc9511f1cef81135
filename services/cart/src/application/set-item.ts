import type { OrderLine } from '@shipline/contracts';
import { setQuantity } from '../domain/cart.js';
import { CartError } from '../domain/cart-error.js';
import type { Owner } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { ChangeCart } from './change-cart.js';

export type SetItem = (owner: Owner, line: OrderLine) => Promise<PricedCart>;

/**
 * Sets how many of a product are in the cart.
 *
 * @throws {CartError} `UNKNOWN_SKU`, `CART_FULL`, `CART_CHANGED`; for guests `CART_NOT_FOUND`.
 */
export const makeSetItem =
  ({ changeCart }: { changeCart: ChangeCart }): SetItem =>
  (owner, line) =>
    changeCart(
      owner,
      (cart) => setQuantity(cart, line),
      ({ unavailable }) => {
        if (unavailable.includes(line.sku)) throw new CartError('UNKNOWN_SKU');
      },
    );
