import type { Sku } from '@shipline/contracts';
import { remove } from '../domain/cart.js';
import type { Owner } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { ChangeCart } from './change-cart.js';

export type RemoveItem = (owner: Owner, sku: Sku) => Promise<PricedCart>;

/**
 * Takes a product out of the cart, also one that is no longer sold.
 *
 * @throws {CartError} `CART_CHANGED`; for guests `CART_NOT_FOUND`.
 */
export const makeRemoveItem =
  ({ changeCart }: { changeCart: ChangeCart }): RemoveItem =>
  (owner, sku) =>
    changeCart(owner, (cart) => remove(cart, sku));
