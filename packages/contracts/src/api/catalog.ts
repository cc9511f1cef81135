import * as z from 'zod/mini';
import { Sku } from '../ids.js';
import { Money } from '../money.js';
import { endpoint } from './endpoint.js';

// eslint-disable-next-line security/detect-unsafe-regex -- linear: hyphens and letters never match the same
export const Category = z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/), z.maxLength(40));

export const Product = z.object({
  sku: Sku,
  name: z.string(),
  description: z.string(),
  category: Category,
  price: Money,
  /** Path of the picture below the shop's origin. */
  image: z.string(),
});
export type Product = z.infer<typeof Product>;

/** Opaque; take it from the page before. */
export const Cursor = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,512}$/));
export const PageLimit = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(50));

export const ProductPage = z.object({ items: z.array(Product), nextCursor: z.optional(z.string()) });
export type ProductPage = z.infer<typeof ProductPage>;

export const listProducts = endpoint({
  method: 'GET',
  path: '/api/products',
  service: 'catalog',
  summary: 'Lists products, by category or all, a page at a time',
  auth: 'none',
  query: z.strictObject({
    category: z.optional(Category),
    cursor: z.optional(Cursor),
    limit: z.optional(PageLimit),
  }),
  status: 200,
  reply: ProductPage,
  problems: { INVALID_CURSOR: 422 },
});

export const getProduct = endpoint({
  method: 'GET',
  path: '/api/products/{sku}',
  service: 'catalog',
  summary: 'Shows one product',
  auth: 'none',
  params: z.object({ sku: Sku }),
  status: 200,
  reply: Product,
  problems: { PRODUCT_NOT_FOUND: 404 },
});
