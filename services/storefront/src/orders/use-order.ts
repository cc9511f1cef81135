import type { Order } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../session/session-provider.js';
import { useShop } from '../shop.js';
import { browserClock, pollOrder } from './poll-order.js';

export interface OrderView {
  readonly order?: Order;
  /** The last look failed; what is shown may be old. */
  readonly trouble?: unknown;
}

/** Follows one order while the page is open. */
export function useOrder(orderId: string) {
  const { client } = useShop();
  const { expire } = useSession();
  const [view, setView] = useState<OrderView>({});
  const [round, setRound] = useState(0);

  // `round` starts the looking anew
  useEffect(() => {
    const stop = new AbortController();
    const onTrouble = (trouble: unknown) => {
      if (trouble instanceof ApiProblem && trouble.status === 401) expire();
      // A refusal will not change by asking again.
      if (trouble instanceof ApiProblem && trouble.status < 500 && trouble.status !== 429) stop.abort();
      setView(({ order }) => ({ ...(order && { order }), ...(trouble !== undefined && { trouble }) }));
    };
    const onOrder = (order: Order) => setView({ order });
    const look = () => client.getOrder({ params: { orderId } });
    void pollOrder(look, { onOrder, onTrouble }, browserClock, stop.signal);
    return () => stop.abort();
  }, [client, orderId, round, expire]);

  const again = useCallback(() => setRound((n) => n + 1), []);
  const cancel = useCallback(async () => {
    const order = await client.cancelOrder({ params: { orderId } });
    setView({ order });
    again();
  }, [client, orderId, again]);
  return { ...view, again, cancel };
}
