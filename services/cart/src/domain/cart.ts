import { MAX_LINES, MAX_QUANTITY, type OrderLine, type Sku } from '@shipline/contracts';
import { CartError } from './cart-error.js';

/** What somebody wants to buy. No prices: those are catalog's, of the moment in which they are shown. */
export interface Cart {
  /** Grows by one with every change; the store refuses a stale one. 0: nothing was ever put in. */
  readonly version: number;
  /** At most MAX_LINES, each of another SKU, in the order in which they were added. */
  readonly lines: readonly OrderLine[];
  /** Of guests' carts only. */
  readonly expiresAt?: Date;
}

export const newCart: Cart = { version: 0, lines: [] };

/**
 * Sets how many of a product are in the cart. A quantity that is there already changes nothing.
 *
 * @throws {CartError} `CART_FULL` for one product too many.
 */
export function setQuantity(cart: Cart, line: OrderLine): Cart {
  const present = cart.lines.find(({ sku }) => sku === line.sku);
  if (present?.quantity === line.quantity) return cart;
  if (present)
    return changed(
      cart,
      cart.lines.map((other) => (other === present ? line : other)),
    );
  if (cart.lines.length >= MAX_LINES)
    throw new CartError('CART_FULL', { detail: `A cart holds at most ${MAX_LINES} different products.` });
  return changed(cart, [...cart.lines, line]);
}

/** Takes a product out; one that is not there is out already. */
export function remove(cart: Cart, sku: Sku): Cart {
  const rest = cart.lines.filter((line) => line.sku !== sku);
  return rest.length === cart.lines.length ? cart : changed(cart, rest);
}

/**
 * Adds a guest's lines. Nobody is refused for signing in: more than MAX_QUANTITY of a product become
 * MAX_QUANTITY, and what no longer fits into MAX_LINES stays out. Of the customer's own nothing is lost.
 */
export function merge(cart: Cart, guest: Cart): Cart {
  const quantities = new Map(cart.lines.map(({ sku, quantity }) => [sku, quantity]));
  for (const { sku, quantity } of guest.lines) {
    const present = quantities.get(sku) ?? 0;
    if (present > 0 || quantities.size < MAX_LINES)
      quantities.set(sku, Math.min(present + quantity, MAX_QUANTITY));
  }
  return changed(
    cart,
    [...quantities].map(([sku, quantity]) => ({ sku, quantity })),
  );
}

/**
 * The cart after its version `version` was bought. It is kept, empty: a cart that began again at 0 would come
 * by the bought version a second time, and a repeated event would empty that one too.
 */
export const emptied = (version: number): Cart => changed({ version, lines: [] }, []);

const changed = (cart: Cart, lines: readonly OrderLine[]): Cart => ({
  ...cart,
  version: cart.version + 1,
  lines,
});
