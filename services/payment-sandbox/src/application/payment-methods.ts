import type { Clock } from '@shipline/lambda-kit/clock';
import type { IdSource } from '@shipline/lambda-kit/ids';
import { missing } from '../domain/gateway-error.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import { type CardInput, fromReady, tokenise } from '../domain/tokenise.js';
import type { GatewayStore, Write } from '../ports/gateway-store.js';
import type { Decide } from './decision.js';

export interface Making {
  readonly store: GatewayStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Forgets a card's number and keeps what it will do. */
export const createPaymentMethod =
  ({ clock, ids }: Making) =>
  (card: CardInput): Decide<PaymentMethod> =>
  async () => {
    const method = tokenise(card, { id: ids('pm'), now: clock() });
    return { result: method, writes: [{ kind: 'method', value: method }], happened: [] };
  };

export interface Resolved {
  readonly method?: PaymentMethod | undefined;
  /** A ready one becomes a payment method of its own, which is to be written. */
  readonly writes: readonly Write[];
}

/** @throws {GatewayError} for an id that does not exist. */
export async function resolveMethod(
  { store, clock, ids }: Making,
  id: string | undefined,
): Promise<Resolved> {
  if (id === undefined) return { writes: [] };
  const made = fromReady(id, { id: ids('pm'), now: clock() });
  if (made) return { method: made, writes: [{ kind: 'method', value: made }] };
  const method = await store.findMethod(id);
  if (!method) throw missing('PaymentMethod', id, 'payment_method');
  return { method, writes: [] };
}
