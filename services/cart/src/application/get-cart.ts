import type { Owner } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { FindCart } from './find-cart.js';
import type { PriceCart } from './price-cart.js';

export type GetCart = (owner: Owner) => Promise<PricedCart>;

/** @throws {CartError} `CART_NOT_FOUND`, for guests. */
export const makeGetCart =
  ({ findCart, priceCart }: { findCart: FindCart; priceCart: PriceCart }): GetCart =>
  async (owner) =>
    priceCart(await findCart(owner));
