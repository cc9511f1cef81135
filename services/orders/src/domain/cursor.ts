import { OrderId } from '@shipline/contracts';
import * as z from 'zod/mini';
import { OrderError } from './order-error.js';

/** The last order of a page. Whose orders they are is not in it: that comes from the token. */
export const PagePosition = z.strictObject({ orderId: OrderId, createdAt: z.iso.datetime() });
export type PagePosition = z.infer<typeof PagePosition>;

/** Opaque to callers: base64url. */
export const encodeCursor = (position: PagePosition): string =>
  btoa(JSON.stringify(position)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** @throws {OrderError} `INVALID_CURSOR` */
export function decodeCursor(cursor: string): PagePosition {
  try {
    return z.parse(PagePosition, JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch (cause) {
    throw new OrderError('INVALID_CURSOR', { cause });
  }
}
