import type { Clock } from '@shipline/lambda-kit/clock';
import { merge } from '../domain/cart.js';
import { hasExpired } from '../domain/guest-cart.js';
import type { GuestToken } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { Carts } from '../ports/carts.js';
import { againIfChanged } from './again-if-changed.js';
import type { FindCart } from './find-cart.js';
import type { PriceCart } from './price-cart.js';

export type MergeCart = (input: { customerId: string; guestToken: GuestToken }) => Promise<PricedCart>;

/**
 * Moves a guest's cart into the customer's. Both change in one transaction, so that a repeat, or a second tab,
 * finds no guest's cart and adds nothing twice. An empty one is left to expire: merging it would give the
 * customer's cart another version, and an order of the old one would no longer empty it.
 *
 * @throws {CartError} `CART_CHANGED`
 */
export const makeMergeCart =
  ({
    carts,
    findCart,
    priceCart,
    now,
  }: {
    carts: Carts;
    findCart: FindCart;
    priceCart: PriceCart;
    now: Clock;
  }): MergeCart =>
  ({ customerId, guestToken }) =>
    againIfChanged(async () => {
      const [cart, guest] = await Promise.all([findCart({ customerId }), carts.find({ guestToken })]);
      if (!guest || hasExpired(guest, now()) || guest.lines.length === 0) return priceCart(cart);
      const merged = merge(cart, guest);
      const priced = await priceCart(merged);
      await carts.merge({ customerId, cart: merged, guestToken, guestVersion: guest.version });
      return priced;
    });
