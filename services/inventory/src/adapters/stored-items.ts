import {
  Money,
  OrderId,
  PricedLine,
  type ReservationId,
  ReservationState,
  type Sku,
} from '@shipline/contracts';
import * as z from 'zod/mini';
import { type Minute, minuteOf } from '../domain/expiry-minute.js';
import type { Reservation } from '../domain/reservation.js';

/** Sparse: only held reservations are in it. */
export const EXPIRY_INDEX = 'expiry';
const EXPIRY_SHARDS = 8;

export const reservationKey = (id: ReservationId) => `RES#${id}`;
/** The last part is the shard; docs/scale.md says when a SKU needs more than one. */
export const stockKey = (sku: Sku) => `STOCK#${sku}#0`;
export const PROGRESS_KEY = 'EXPIRY#PROGRESS';

const StoredReservation = z.object({
  pk: z.string().check(z.regex(/^RES#res_/)),
  orderId: OrderId,
  bodyHash: z.string(),
  lines: z.array(PricedLine),
  total: Money,
  state: ReservationState,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  expiryBucket: z.optional(z.string()),
});

export const StoredStock = z.object({ sku: z.string(), units: z.int() });
export const StoredProgress = z.object({ minute: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)) });

export const toStockItem = (sku: Sku, units: number) => ({ pk: stockKey(sku), sku, units });

export function toItem(reservation: Reservation) {
  const { id, orderId, bodyHash, lines, total, state, createdAt, expiresAt } = reservation;
  return {
    pk: reservationKey(id),
    orderId,
    bodyHash,
    lines,
    total,
    state,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(state === 'held' && { expiryBucket: expiryBucket(minuteOf(expiresAt), shardOf(id)) }),
  };
}

/** @throws when what is stored is not a reservation */
export function fromItem(item: unknown): Reservation {
  const { pk, expiryBucket: _, ...stored } = z.parse(StoredReservation, item);
  return {
    ...stored,
    id: idOf(pk),
    createdAt: new Date(stored.createdAt),
    expiresAt: new Date(stored.expiresAt),
  };
}

export const idOf = (pk: string): ReservationId => pk.slice('RES#'.length) as ReservationId;

export const bucketsOf = (minute: Minute): string[] =>
  Array.from({ length: EXPIRY_SHARDS }, (_, shard) => expiryBucket(minute, shard));

const expiryBucket = (minute: Minute, shard: number) => `EXP#${minute}#${shard}`;

/** The id is derived from a hash, so that its characters spread evenly enough. */
const shardOf = (id: ReservationId) =>
  [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % EXPIRY_SHARDS;
