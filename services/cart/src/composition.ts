import type { Clock } from '@shipline/lambda-kit/clock';
import type { Measure } from '@shipline/lambda-kit/measurement';
import { makeChangeCart } from './application/change-cart.js';
import { makeFindCart } from './application/find-cart.js';
import { makeGetCart } from './application/get-cart.js';
import { makeMergeCart } from './application/merge-cart.js';
import { makeOpenGuestCart } from './application/open-guest-cart.js';
import { makePriceCart } from './application/price-cart.js';
import { makeRemoveItem } from './application/remove-item.js';
import { makeSetItem } from './application/set-item.js';
import type { Carts } from './ports/carts.js';
import type { GuestTokens } from './ports/guest-tokens.js';
import type { Quotes } from './ports/quotes.js';

/** The use cases of the API on their ports: for the function, and for tests on fakes. */
export function cartUseCases(ports: {
  readonly carts: Carts;
  readonly quotes: Quotes;
  readonly guestTokens: GuestTokens;
  readonly now: Clock;
  readonly measure: Measure;
}) {
  const priceCart = makePriceCart(ports);
  const findCart = makeFindCart(ports);
  const changeCart = makeChangeCart({ ...ports, findCart, priceCart });
  return {
    getCart: makeGetCart({ findCart, priceCart }),
    setItem: makeSetItem({ changeCart }),
    removeItem: makeRemoveItem({ changeCart }),
    mergeCart: makeMergeCart({ ...ports, findCart, priceCart }),
    openGuestCart: makeOpenGuestCart({ ...ports, priceCart }),
  };
}
