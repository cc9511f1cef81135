import { OrderId } from '@shipline/contracts';
import { decodeCursor as decode } from '@shipline/lambda-kit/cursor';
import * as z from 'zod/mini';
import { OrderError } from './order-error.js';

/** The last order of a page. Whose orders they are is not in it: that comes from the token. */
export const PagePosition = z.strictObject({ orderId: OrderId, createdAt: z.iso.datetime() });
export type PagePosition = z.infer<typeof PagePosition>;

/** @throws {OrderError} `INVALID_CURSOR` */
export function decodeCursor(cursor: string): PagePosition {
  const position = decode(PagePosition, cursor);
  if (!position) throw new OrderError('INVALID_CURSOR');
  return position;
}
