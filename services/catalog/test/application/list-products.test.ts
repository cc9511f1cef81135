import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMIT, makeListProducts } from '../../src/application/list-products.js';
import { aProduct } from '../builders.js';
import { InMemoryProducts } from '../fakes/in-memory-products.js';

const number = (index: number) => String(index).padStart(2, '0');
function setup(count: number) {
  const products = Array.from({ length: count }, (_, index) => aProduct(`SKU-${number(index)}`));
  return makeListProducts({ products: new InMemoryProducts(...products) });
}

describe('listing products', () => {
  it('gives a full page where no size is asked for', async () => {
    const page = await setup(DEFAULT_LIMIT + 1)({});

    expect(page.products).toHaveLength(DEFAULT_LIMIT);
    expect(page.nextCursor).toBeDefined();
  });

  it('reaches every product once by its cursors', async () => {
    const listProducts = setup(7);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listProducts({ cursor, limit: 3, category: 'mugs' });
      seen.push(...page.products.map(({ sku }) => sku));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `SKU-${number(index)}`));
  });
});
