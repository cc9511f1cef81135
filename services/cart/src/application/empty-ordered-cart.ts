import { emptied } from '../domain/cart.js';
import { isCartChanged } from '../domain/cart-error.js';
import type { Carts } from '../ports/carts.js';

export type EmptyOrderedCart = (order: {
  customerId: string;
  cartVersion?: number | undefined;
}) => Promise<'emptied' | 'kept'>;

/**
 * Empties the cart that was bought, and no later one: what the customer put in meanwhile stays, and a repeated
 * event finds another version. One conditional write, no read before it.
 */
export const makeEmptyOrderedCart =
  ({ carts }: { carts: Carts }): EmptyOrderedCart =>
  async ({ customerId, cartVersion = 0 }) => {
    if (cartVersion === 0) return 'kept';
    try {
      await carts.save({ customerId }, emptied(cartVersion));
      return 'emptied';
    } catch (error) {
      if (!isCartChanged(error)) throw error;
      // A merge that was under way refuses too, and may itself fail: then this version is still to be emptied.
      const cart = await carts.find({ customerId });
      if (cart?.version === cartVersion) throw error;
      return 'kept';
    }
  };
