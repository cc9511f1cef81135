import type { OutgoingEvent } from '@shipline/lambda-kit/outgoing-event';
import { eventOf } from '../domain/payment-events.js';
import { fromItem } from './stored-fact.js';

/** The event that a new fact stands for. Facts are only ever inserted: a repair by hand publishes nothing. */
export function relayedEvent(newImage: unknown, oldImage: unknown): OutgoingEvent | undefined {
  if (newImage === undefined || oldImage !== undefined) return undefined;
  const { orderId, fact, traceHeader } = fromItem(newImage);
  return eventOf(orderId, fact, traceHeader);
}
