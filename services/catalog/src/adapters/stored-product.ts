import { Category, Money, type Sku, Sku as SkuSchema } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { PagePosition } from '../domain/cursor.js';
import type { Product } from '../domain/product.js';

/** Of all products: one partition, because a shop has thousands of them, not millions. */
export const ALL_INDEX = 'all';
const LIST_KEY = 'PRODUCT';
export const CATEGORY_INDEX = 'by-category';

export const keyOf = (sku: Sku) => ({ pk: `PRODUCT#${sku}` });

const StoredProduct = z.object({
  sku: SkuSchema,
  name: z.string(),
  description: z.string(),
  category: Category,
  price: Money,
  image: z.string(),
});

export const toItem = ({ sku, name, description, category, price, image }: Product) => ({
  ...keyOf(sku),
  listKey: LIST_KEY,
  sku,
  name,
  description,
  category,
  price,
  image,
});

/** @throws when what is stored is not a product. */
export const fromItem = (item: unknown): Product => z.parse(StoredProduct, item);

/** The index and the partition of a list. */
export const listOf = (category: string | undefined) =>
  category === undefined
    ? { index: ALL_INDEX, key: 'listKey', value: LIST_KEY }
    : { index: CATEGORY_INDEX, key: 'category', value: category };

/** Where a page begins: the keys of the table and of the list's index. */
export function startKey({ sku, category }: PagePosition): Record<string, string> {
  const { key, value } = listOf(category);
  return { ...keyOf(sku), sku, [key]: value };
}
