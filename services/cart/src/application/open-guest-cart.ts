import type { Clock } from '@shipline/lambda-kit/clock';
import { newGuestCart } from '../domain/guest-cart.js';
import type { GuestToken } from '../domain/owner.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { Carts } from '../ports/carts.js';
import type { GuestTokens } from '../ports/guest-tokens.js';
import type { PriceCart } from './price-cart.js';

export type OpenGuestCart = () => Promise<{ token: GuestToken; cart: PricedCart }>;

/** Opens a cart for somebody who is not signed in. The token is shown this once and stored nowhere. */
export const makeOpenGuestCart =
  ({
    carts,
    guestTokens,
    priceCart,
    now,
  }: {
    carts: Carts;
    guestTokens: GuestTokens;
    priceCart: PriceCart;
    now: Clock;
  }): OpenGuestCart =>
  async () => {
    const token = guestTokens();
    const cart = newGuestCart(now());
    await carts.add(token, cart);
    return { token, cart: await priceCart(cart) };
  };
