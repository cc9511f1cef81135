import type { Order } from '@shipline/contracts';

/** Everything that the poller needs of time; a test turns the hands itself. */
export interface PollClock {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Milliseconds to wait before look number `n` (from 1): half a second at first, half as much again each time. */
export function delayBefore(n: number): number {
  return Math.min(Math.round(500 * 1.5 ** (n - 1)), 8_000);
}

/** Nothing changes an order in this state any more without the customer or a person of the shop. */
export function isSettled({ status, cancelRequested }: Pick<Order, 'status' | 'cancelRequested'>): boolean {
  if (status === 'confirmed') return !cancelRequested;
  return status === 'cancelled' || status === 'refused' || status === 'shipped' || status === 'review';
}

export interface PollEvents {
  readonly onOrder: (order: Order) => void;
  /** A look failed; the poller goes on looking. `undefined` once a look works again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Looks at an order until it is settled, ever less often; a failed look is only reported. */
export async function pollOrder(
  look: () => Promise<Order>,
  { onOrder, onTrouble }: PollEvents,
  clock: PollClock,
  signal: AbortSignal,
): Promise<void> {
  let version = -1;
  for (let n = 1; !signal.aborted; n += 1) {
    try {
      const order = await look();
      if (signal.aborted) return;
      onTrouble(undefined);
      onOrder(order);
      if (isSettled(order)) return;
      const seen = order.history.length;
      // Something moved: look closely again.
      if (seen !== version) n = 1;
      version = seen;
    } catch (error) {
      if (signal.aborted) return;
      onTrouble(error);
    }
    await clock.sleep(delayBefore(n), signal);
  }
}

/** Time as the browser has it; a page that comes back to the front looks at once. */
export const browserClock: PollClock = {
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', onVisible);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const onVisible = () => document.visibilityState === 'visible' && done();
      const timer = setTimeout(done, ms);
      document.addEventListener('visibilitychange', onVisible);
      signal.addEventListener('abort', done);
    }),
};
