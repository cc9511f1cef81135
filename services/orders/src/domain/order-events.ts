import type { ClosingReason } from '@shipline/contracts';
import {
  type Envelope,
  type EventDefinition,
  orderCancelled,
  orderCancelling,
  orderCancelRequested,
  orderConfirmed,
  orderParked,
  orderRefused,
} from '@shipline/contracts/events';
import { lastEntry, type Order } from './order.js';
import type { OrderEventType } from './transitions.js';

type DataOf = (order: Order) => unknown;
const about = ({ id, customerId }: Order) => ({ orderId: id, customerId });
const whole = (order: Order) => ({ ...about(order), lines: order.lines, total: order.total });
const withReason: DataOf = (order) => ({ ...whole(order), reason: reasonOf(order) });

/** One event per kind of write: its definition, and what of the order leaves the service in it. */
const published: Record<OrderEventType, { definition: EventDefinition; data: DataOf }> = {
  'order.cancel-requested.v1': { definition: orderCancelRequested as EventDefinition, data: about },
  'order.cancelling.v1': {
    definition: orderCancelling as EventDefinition,
    data: (order) => ({ ...about(order), total: order.total }),
  },
  'order.cancelled.v1': { definition: orderCancelled as EventDefinition, data: withReason },
  'order.refused.v1': { definition: orderRefused as EventDefinition, data: withReason },
  'order.confirmed.v1': {
    definition: orderConfirmed as EventDefinition,
    data: (order) => ({
      ...whole(order),
      ...(order.cartVersion !== undefined && { cartVersion: order.cartVersion }),
    }),
  },
  'order.parked.v1': {
    definition: orderParked as EventDefinition,
    data: (order) => ({ ...about(order), reason: reasonOf(order) }),
  },
};

/**
 * The event of the order's last write, or undefined where that write emits nothing. The id is the item's key and
 * version, so that it is the same however often it is derived.
 */
export function eventOf(order: Order): Envelope<unknown> | undefined {
  const { emits, at, version } = lastEntry(order);
  if (emits === 'nothing') return undefined;
  const { definition, data } = published[emits];
  return {
    specversion: '1.0',
    id: `${orderKey(order)}#${version}`,
    source: definition.source,
    type: definition.type,
    subject: order.id,
    time: at,
    correlationid: order.correlationId,
    data: definition.data.parse(data(order)),
  };
}

/** Key of the order in its table, and the beginning of its events' ids. */
export const orderKey = ({ id }: Pick<Order, 'id'>): string => `ORDER#${id}`;

const reasonOf = ({ reason }: Order): ClosingReason => reason ?? 'checkout_failed';
