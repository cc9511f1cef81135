import { encodeCursor } from '@shipline/lambda-kit/cursor';
import { decodeCursor } from '../domain/cursor.js';
import type { Product } from '../domain/product.js';
import type { Products } from '../ports/products.js';

/** Fills the shop's grid at every width: 2, 3, 4 and 6 columns end in a full row. */
export const DEFAULT_LIMIT = 24;

export type ListProducts = (input: {
  category?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}) => Promise<{ products: readonly Product[]; nextCursor?: string }>;

/** @throws {CatalogError} `INVALID_CURSOR` */
export const makeListProducts =
  ({ products }: { products: Products }): ListProducts =>
  async ({ category, cursor, limit = DEFAULT_LIMIT }) => {
    const page = await products.list({
      category,
      limit,
      ...(cursor !== undefined && { after: decodeCursor(cursor, category) }),
    });
    return {
      products: page.products,
      ...(page.next && { nextCursor: encodeCursor(page.next) }),
    };
  };
