import type { Clock } from '@shipline/lambda-kit/clock';
import type { Measure } from '@shipline/lambda-kit/measurement';
import type { Cart } from '../domain/cart.js';
import { keptUntil } from '../domain/guest-cart.js';
import { isGuest, type Owner } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { Carts } from '../ports/carts.js';
import { againIfChanged } from './again-if-changed.js';
import type { FindCart } from './find-cart.js';
import type { PriceCart } from './price-cart.js';

export type ChangeCart = (
  owner: Owner,
  change: (cart: Cart) => Cart,
  /** Throws what keeps the change from being saved. */
  check?: (priced: PricedCart) => void,
) => Promise<PricedCart>;

/**
 * Reads, changes, prices and only then saves: whatever fails before leaves the cart as it was. A change that
 * changes nothing is not saved.
 *
 * @throws {CartError} `CART_NOT_FOUND` for guests, `CART_CHANGED`, and what `change` and `check` throw.
 */
export const makeChangeCart =
  ({
    carts,
    findCart,
    priceCart,
    now,
    measure,
  }: {
    carts: Carts;
    findCart: FindCart;
    priceCart: PriceCart;
    now: Clock;
    measure: Measure;
  }): ChangeCart =>
  (owner, change, check) =>
    againIfChanged(async () => {
      const cart = await findCart(owner);
      const next = change(cart);
      const priced = await priceCart(next);
      check?.(priced);
      if (next === cart) return priced;
      await carts.save(owner, isGuest(owner) ? { ...next, expiresAt: keptUntil(now()) } : next);
      if (cart.lines.length === 0) measure({ name: 'CartsStarted', value: 1 });
      return priced;
    });
