import type { Order } from '@shipline/contracts';
import { useEffect, useRef } from 'react';
import { useCart } from '../cart/cart-provider.js';
import { followCart } from './follow-cart.js';
import { browserClock } from './poll-order.js';

/** Keeps the number beside "Cart" true after an order. */
export function useCartAfter({ status, lines }: Order) {
  const { reload } = useCart();
  const ordered = useRef(lines);
  useEffect(() => {
    if (status !== 'confirmed') return;
    const stop = new AbortController();
    void followCart(reload, ordered.current, browserClock, stop.signal);
    return () => stop.abort();
  }, [status, reload]);
}
