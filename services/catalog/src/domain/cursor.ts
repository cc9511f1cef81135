import { Category, Sku } from '@shipline/contracts';
import * as z from 'zod/mini';
import { CatalogError } from './catalog-error.js';

/** The last product of a page and the list that it is from: a cursor of one list means nothing in another. */
export const PagePosition = z.strictObject({ sku: Sku, category: z.optional(Category) });
export type PagePosition = z.infer<typeof PagePosition>;

/** Opaque to callers: base64url. */
export const encodeCursor = (position: PagePosition): string =>
  btoa(JSON.stringify(position)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** @throws {CatalogError} `INVALID_CURSOR` for what is no cursor, or one of another list. */
export function decodeCursor(cursor: string, category: string | undefined): PagePosition {
  const position = read(cursor);
  if (position === undefined || position.category !== category) throw new CatalogError('INVALID_CURSOR');
  return position;
}

function read(cursor: string): PagePosition | undefined {
  try {
    return z.parse(PagePosition, JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return undefined;
  }
}
