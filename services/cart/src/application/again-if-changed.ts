import { isCartChanged } from '../domain/cart-error.js';

const ATTEMPTS = 3;

/**
 * Reads, changes and writes again when another writer was first: two tabs, or a reply that was lost after its
 * write. A change says what the cart shall hold, so that doing it again is harmless.
 *
 * @throws {CartError} `CART_CHANGED` when every attempt came too late.
 */
export async function againIfChanged<T>(attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; number < ATTEMPTS; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isCartChanged(error)) throw error;
    }
  }
  return attempt();
}
