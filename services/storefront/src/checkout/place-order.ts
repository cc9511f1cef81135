import type { OrderId, PlaceOrder } from '@shipline/contracts';
import { ApiProblem, type ShopClient } from '@shipline/contracts/client';
import type { Attempt, Attempts } from './attempt.js';

/**
 * `placed`: the order exists. `refused`: it does not and will not. `unknown`: the request may have arrived; it
 * must be repeated unchanged before anything else is bought.
 */
export type PlacingOutcome =
  | { readonly placed: OrderId }
  | { readonly refused: unknown }
  | { readonly unknown: unknown };

/** Waits while stock is busy, seconds in all: 1 + 2 + 4. */
const BUSY_TRIES = 3;

export interface PlacingDeps {
  readonly client: Pick<ShopClient, 'placeOrder'>;
  readonly attempts: Attempts;
  /** Waits milliseconds; injected for tests. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** Sends an order once, however often it is called: the attempt's key and its kept request stay the same. */
export async function placeOrder(
  { client, attempts, sleep }: PlacingDeps,
  attempt: Attempt,
  request: PlaceOrder,
): Promise<PlacingOutcome> {
  const { idempotencyKey } = attempts.sending(attempt, attempt.request ?? request);
  const body = attempt.request ?? request;
  for (let tries = 0; ; tries += 1) {
    try {
      const { orderId } = await client.placeOrder({ idempotencyKey, body });
      attempts.settled();
      return { placed: orderId };
    } catch (error) {
      if (tries < BUSY_TRIES && isBusy(error)) {
        await sleep((error.retryAfter ?? 2 ** tries) * 1000);
        continue;
      }
      if (!isRefusal(error)) return { unknown: error };
      attempts.settled();
      return { refused: error };
    }
  }
}

const isBusy = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.code === 'STOCK_BUSY';

/**
 * A 4xx is an answer: nothing was ordered. No answer, a 5xx, a gateway's time-out or throttling says nothing
 * about what the service did, and neither does an expired sign-in about an earlier try.
 */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.status >= 400 && error.status < 500 && ![401, 403, 408, 429].includes(error.status);
}
