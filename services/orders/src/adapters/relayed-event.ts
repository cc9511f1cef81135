import type { OutgoingEvent } from '@shipline/lambda-kit/outgoing-event';
import { eventOf } from '../domain/order-events.js';
import { fromItem, traceHeaderOf } from './stored-order.js';

/**
 * The event that a write of an order stands for: that of its last history entry. A deletion stands for none,
 * nor does a write that leaves the version as it was, such as a repair by hand.
 */
export function relayedEvent(newImage: unknown, oldImage: unknown): OutgoingEvent | undefined {
  if (newImage === undefined) return undefined;
  const order = fromItem(newImage);
  if (oldImage !== undefined && fromItem(oldImage).version === order.version) return undefined;
  return eventOf(order, traceHeaderOf(newImage));
}
