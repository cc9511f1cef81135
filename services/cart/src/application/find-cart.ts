import type { Clock } from '@shipline/lambda-kit/clock';
import { type Cart, newCart } from '../domain/cart.js';
import { CartError } from '../domain/cart-error.js';
import { hasExpired } from '../domain/guest-cart.js';
import { isGuest, type Owner } from '../domain/owner.js';
import type { Carts } from '../ports/carts.js';

export type FindCart = (owner: Owner) => Promise<Cart>;

/**
 * Every customer has a cart, if only an empty one. A guest has the one that was opened.
 *
 * @throws {CartError} `CART_NOT_FOUND` for a token that opens none: wrong, merged or expired all look the same.
 */
export const makeFindCart =
  ({ carts, now }: { carts: Carts; now: Clock }): FindCart =>
  async (owner) => {
    const cart = await carts.find(owner);
    if (cart && !hasExpired(cart, now())) return cart;
    if (isGuest(owner)) throw new CartError('CART_NOT_FOUND');
    return newCart;
  };
