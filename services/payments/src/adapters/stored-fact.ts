import { OrderId } from '@shipline/contracts';
import * as z from 'zod/mini';
import { type Fact, FactBody, FactHead } from '../domain/fact.js';
import { paymentKey, sequenceKey } from '../domain/payment-events.js';

/** One entry per payment: only its first fact has the attribute. */
export const DAY_INDEX = 'by-day';

const StoredHead = z.extend(FactHead, {
  pk: z.string().check(z.regex(/^PAY#ord_/)),
  traceHeader: z.optional(z.string()),
});

export const keyOf = (orderId: OrderId, sequence: number) => ({
  pk: paymentKey(orderId),
  sk: sequenceKey(sequence),
});

/** `traceHeader`: of the request that writes. Streams drop the trace, so the item carries it to the relay. */
export const toItem = (orderId: OrderId, fact: Fact, traceHeader?: string) => ({
  ...keyOf(orderId, fact.sequence),
  ...fact,
  ...(traceHeader && { traceHeader }),
  ...(fact.sequence === 1 && { day: fact.at.slice(0, 10) }),
});

export interface StoredFact {
  readonly orderId: OrderId;
  readonly fact: Fact;
  readonly traceHeader: string | undefined;
}

/** @throws when what is stored is not a fact */
export function fromItem(item: unknown): StoredFact {
  const { pk, traceHeader, ...head } = z.parse(StoredHead, item);
  const orderId = z.parse(OrderId, pk.slice('PAY#'.length));
  return { orderId, traceHeader, fact: { ...head, ...z.parse(FactBody, item) } };
}
