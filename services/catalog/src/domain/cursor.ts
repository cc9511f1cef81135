import { Category, Sku } from '@shipline/contracts';
import { decodeCursor as decode } from '@shipline/lambda-kit/cursor';
import * as z from 'zod/mini';
import { CatalogError } from './catalog-error.js';

/** The last product of a page and the list that it is from: a cursor of one list means nothing in another. */
export const PagePosition = z.strictObject({ sku: Sku, category: z.optional(Category) });
export type PagePosition = z.infer<typeof PagePosition>;

/** @throws {CatalogError} `INVALID_CURSOR` for what is no cursor, or one of another list. */
export function decodeCursor(cursor: string, category: string | undefined): PagePosition {
  const position = decode(PagePosition, cursor);
  if (!position || position.category !== category) throw new CatalogError('INVALID_CURSOR');
  return position;
}
