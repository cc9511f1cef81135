import { IdempotencyKey, PlaceOrder } from '@shipline/contracts';
import * as z from 'zod/mini';

const KEY = 'shipline.checkout-attempt';

/**
 * One wish to buy. The key belongs to what is bought (`fingerprint`) and to who buys; once Pay was pressed,
 * the whole request is kept with it, so that the identical request can be repeated until its outcome is known.
 */
const Attempt = z.object({
  idempotencyKey: IdempotencyKey,
  customerId: z.string(),
  fingerprint: z.string(),
  request: z.optional(PlaceOrder),
});
export type Attempt = z.infer<typeof Attempt>;

export interface Attempts {
  /** The attempt for this customer and cart: the kept one, or a new one with a new key. */
  current(customerId: string, fingerprint: string): Attempt;
  /** The request that was sent and whose outcome this page does not know, if any. */
  unsettled(customerId: string): (Attempt & { request: PlaceOrder }) | undefined;
  /** Keeps the request, before it is sent. */
  sending(attempt: Attempt, request: PlaceOrder): Attempt & { request: PlaceOrder };
  /** The outcome is known: an order, or a refusal after which nothing was ordered. */
  settled(): void;
}

/**
 * Attempts in `sessionStorage`: a reload finds them again, another tab is another wish.
 * @param newKey makes an Idempotency-Key; the browser's `crypto.randomUUID` in production
 */
export function attemptsIn(storage: Storage, newKey: () => string): Attempts {
  const load = (): Attempt | undefined => {
    try {
      return Attempt.parse(JSON.parse(storage.getItem(KEY) ?? 'null'));
    } catch {
      return undefined;
    }
  };
  const save = <A extends Attempt>(attempt: A): A => {
    storage.setItem(KEY, JSON.stringify(attempt));
    return attempt;
  };
  return {
    current: (customerId, fingerprint) => {
      const kept = load();
      if (kept?.customerId === customerId && kept.fingerprint === fingerprint) return kept;
      return save({ idempotencyKey: newKey(), customerId, fingerprint });
    },
    unsettled: (customerId) => {
      const kept = load();
      return kept?.customerId === customerId && kept.request ? { ...kept, request: kept.request } : undefined;
    },
    sending: (attempt, request) => save({ ...attempt, request }),
    settled: () => storage.removeItem(KEY),
  };
}

/** What makes two carts the same wish: products, quantities and the price that was shown. */
export function fingerprintOf({
  lines,
  total,
}: {
  lines: readonly { readonly sku: string; readonly quantity: number }[];
  total: { readonly amount: number; readonly currency: string };
}): string {
  const goods = lines.map(({ sku, quantity }) => `${sku}*${quantity}`).sort();
  return `${goods.join(',')}=${total.amount}${total.currency}`;
}
