import {
  orderCancelled,
  orderCancelling,
  orderCancelRequested,
  orderConfirmed,
  orderParked,
  orderRefused,
} from '@shipline/contracts/events';
import { type EventFacts, type OutgoingEvent, outgoing } from '@shipline/lambda-kit/outgoing-event';
import { lastEntry, type Order } from './order.js';
import type { OrderEventType } from './transitions.js';

type About = Omit<EventFacts<unknown>, 'data'>;

const parties = ({ id, customerId }: Order) => ({ orderId: id, customerId });
const bought = (order: Order) => ({ ...parties(order), lines: [...order.lines], total: order.total });
const reasonOf = ({ reason }: Order) => reason ?? ('checkout_failed' as const);

/** What of the order leaves the service, by the kind of write. */
const published: Record<OrderEventType, (order: Order, about: About) => OutgoingEvent> = {
  'order.cancel-requested.v1': (order, about) =>
    outgoing(orderCancelRequested, { ...about, data: parties(order) }),
  'order.cancelling.v1': (order, about) =>
    outgoing(orderCancelling, { ...about, data: { ...parties(order), total: order.total } }),
  'order.cancelled.v1': (order, about) =>
    outgoing(orderCancelled, { ...about, data: { ...bought(order), reason: reasonOf(order) } }),
  'order.refused.v1': (order, about) =>
    outgoing(orderRefused, { ...about, data: { ...bought(order), reason: reasonOf(order) } }),
  'order.confirmed.v1': (order, about) => {
    const { cartVersion } = order;
    const data = { ...bought(order), ...(cartVersion !== undefined && { cartVersion }) };
    return outgoing(orderConfirmed, { ...about, data });
  },
  'order.parked.v1': (order, about) =>
    outgoing(orderParked, { ...about, data: { ...parties(order), reason: reasonOf(order) } }),
};

/** Key of the order in its table, and the beginning of its events' ids. */
export const orderKey = (id: Order['id']): string => `ORDER#${id}`;

/**
 * The event of the order's last write, or undefined where that write emits nothing. Its id is the item's key and
 * version, so that it is the same however often it is derived.
 */
export function eventOf(order: Order, traceHeader?: string): OutgoingEvent | undefined {
  const { emits, at, version } = lastEntry(order);
  if (emits === 'nothing') return undefined;
  return published[emits](order, {
    id: `${orderKey(order.id)}#${version}`,
    subject: order.id,
    time: at,
    correlationId: order.correlationId,
    traceHeader,
  });
}
