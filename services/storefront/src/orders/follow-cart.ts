import type { Cart } from '@shipline/contracts';
import { delayBefore, type PollClock } from './poll-order.js';

/** Looks eight times within about 50 seconds; what is still in the cart then was put there again. */
const LOOKS = 8;

/**
 * A confirmed order empties the cart that it bought by an event, a moment later: the cart is read until nothing
 * of the order is left in it.
 */
export async function followCart(
  reload: () => Promise<Cart | undefined>,
  ordered: readonly { readonly sku: string }[],
  clock: PollClock,
  signal: AbortSignal,
): Promise<void> {
  const skus = new Set(ordered.map(({ sku }) => sku));
  for (let n = 1; n <= LOOKS && !signal.aborted; n += 1) {
    const cart = await reload();
    if (cart && !cart.lines.some(({ sku }) => skus.has(sku))) return;
    await clock.sleep(2 * delayBefore(n), signal);
  }
}
