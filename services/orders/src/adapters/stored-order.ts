import { ClosingReason, Money, OrderId, OrderStatus, PricedLine, ShippingAddress } from '@shipline/contracts';
import * as z from 'zod/mini';
import { isOpen, lastEntry, type Order } from '../domain/order.js';
import { orderKey } from '../domain/order-events.js';
import { type OrderEventType, triggers } from '../domain/transitions.js';

export const CUSTOMER_INDEX = 'by-customer';
/** Sparse: only unfinished orders are in it. */
export const OPEN_INDEX = 'open';
const OPEN_SHARDS = 16;

const emitted = [
  'nothing',
  'order.cancel-requested.v1',
  'order.cancelling.v1',
  'order.cancelled.v1',
  'order.confirmed.v1',
  'order.parked.v1',
  'order.refused.v1',
] as const satisfies readonly (OrderEventType | 'nothing')[];

const StoredEntry = z.object({
  version: z.int(),
  status: OrderStatus,
  at: z.iso.datetime(),
  trigger: z.enum(['placed', ...triggers]),
  emits: z.enum(emitted),
  reason: z.optional(ClosingReason),
});

const StoredOrder = z.object({
  orderId: OrderId,
  customerId: z.string(),
  status: OrderStatus,
  version: z.int(),
  history: z.array(StoredEntry),
  attempt: z.int(),
  bodyHash: z.string(),
  lines: z.array(PricedLine),
  total: Money,
  paymentMethodId: z.string(),
  shippingAddress: ShippingAddress,
  cartVersion: z.optional(z.int()),
  correlationId: z.string(),
  createdAt: z.iso.datetime(),
  cancelRequestedAt: z.optional(z.iso.datetime()),
  reason: z.optional(ClosingReason),
});

export const StoredSummary = z.pick(StoredOrder, {
  orderId: true,
  status: true,
  total: true,
  createdAt: true,
});

export const keyOf = (id: OrderId) => ({ pk: orderKey(id) });

/** `traceHeader`: of the request that writes. Streams drop the trace, so the item carries it to the relay. */
export function toItem({ id, ...order }: Order, traceHeader?: string) {
  return {
    ...keyOf(id),
    orderId: id,
    ...order,
    ...(traceHeader && { traceHeader }),
    ...(isOpen(order) && { openShard: openShard(shardOf(id)), openSince: lastEntry({ id, ...order }).at }),
  };
}

/** @throws when what is stored is not an order */
export function fromItem(item: unknown): Order {
  const { orderId, ...stored } = z.parse(StoredOrder, item);
  return { ...withoutUndefined(stored), id: orderId, history: stored.history.map(withoutUndefined) };
}

/** @returns the trace header of the request that wrote the item */
export const traceHeaderOf = (item: unknown): string | undefined =>
  z.parse(z.object({ traceHeader: z.optional(z.string()) }), item).traceHeader;

/** All of them; `start`, from 0 to below 1, says which comes first. */
export const openShards = (start: number): string[] =>
  Array.from({ length: OPEN_SHARDS }, (_, index) =>
    openShard((Math.floor(start * OPEN_SHARDS) + index) % OPEN_SHARDS),
  );

const openShard = (shard: number) => `OPEN#${shard}`;

/** The id is derived from a hash, so that its characters spread evenly enough. */
const shardOf = (id: OrderId) =>
  [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % OPEN_SHARDS;

/** zod's optional members are `T | undefined`, ours are absent. */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;
