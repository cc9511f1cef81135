import { createHash } from 'node:crypto';
import { OrderLine } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { Cart } from '../domain/cart.js';
import { isGuest, type Owner } from '../domain/owner.js';

const StoredCart = z.object({
  version: z.int().check(z.minimum(1)),
  lines: z.array(OrderLine),
  /** Epoch second from which DynamoDB may delete it; of guests' carts only. */
  ttl: z.optional(z.int()),
});

/** A guest's token is a secret: only its hash is stored, and whoever reads the table opens no cart with it. */
export const keyOf = (owner: Owner) => ({
  pk: isGuest(owner)
    ? `GUEST#${createHash('sha256').update(owner.guestToken).digest('hex')}`
    : `CART#${owner.customerId}`,
});

export const toItem = (owner: Owner, { version, lines, expiresAt }: Cart) => ({
  ...keyOf(owner),
  version,
  lines,
  ...(expiresAt && { ttl: Math.floor(expiresAt.getTime() / 1000) }),
});

/** @throws when what is stored is not a cart. */
export function fromItem(item: unknown): Cart {
  const { version, lines, ttl } = z.parse(StoredCart, item);
  return { version, lines, ...(ttl !== undefined && { expiresAt: new Date(ttl * 1000) }) };
}
