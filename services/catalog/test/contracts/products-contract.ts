import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import type { PagePosition } from '../../src/domain/cursor.js';
import type { Products } from '../../src/ports/products.js';
import { aProduct, usd } from '../builders.js';

/** What every implementation is opened with. */
export const stocked = [
  aProduct('MUG-B'),
  aProduct('BAG-A', { category: 'bags', price: usd(5400) }),
  aProduct('MUG-A', { name: 'Ünïcode <mug>', description: 'One. Two.' }),
  aProduct('MUG-C'),
  aProduct('BAG-B', { category: 'bags' }),
];
const sorted = ['BAG-A', 'BAG-B', 'MUG-A', 'MUG-B', 'MUG-C'];

export const describeProducts = contract<Products>('the products', (products) => {
  const pages = async (limit: number, category?: string) => {
    const skus: string[][] = [];
    let after: PagePosition | undefined;
    do {
      const page = await products().list({ category, limit, ...(after && { after }) });
      skus.push(page.products.map(({ sku }) => sku));
      after = page.next;
    } while (after);
    return skus;
  };

  it('finds a product as it was written', async () => {
    expect(await products().findBySku('MUG-A')).toEqual(stocked[2]);
  });

  it('finds nothing under an unknown SKU', async () => {
    expect(await products().findBySku('MUG-Z')).toBeUndefined();
  });

  it('finds several at once and leaves out what is not sold', async () => {
    const found = await products().findAll(['MUG-A', 'GHOST', 'BAG-A']);

    expect(Object.fromEntries(found)).toEqual({ 'MUG-A': stocked[2], 'BAG-A': stocked[1] });
  });

  it('finds nothing when asked for nothing', async () => {
    expect((await products().findAll([])).size).toBe(0);
  });

  it('lists all products by SKU, each on one page', async () => {
    expect(await pages(2)).toEqual([sorted.slice(0, 2), sorted.slice(2, 4), sorted.slice(4)]);
  });

  it('lists whole products', async () => {
    expect((await products().list({ limit: 1 })).products).toEqual([stocked[1]]);
  });

  it('ends with the last product, not with an empty page', async () => {
    expect(await pages(5)).toEqual([sorted]);
  });

  it('lists one category, a page at a time', async () => {
    expect(await pages(2, 'mugs')).toEqual([['MUG-A', 'MUG-B'], ['MUG-C']]);
    expect(await pages(2, 'bags')).toEqual([['BAG-A', 'BAG-B']]);
  });

  it('lists nothing of a category that there is not', async () => {
    expect(await pages(2, 'hats')).toEqual([[]]);
  });

  it('goes on behind a product that has gone', async () => {
    const page = await products().list({ limit: 2, after: { sku: 'MUG-AA' } });

    expect(page.products.map(({ sku }) => sku)).toEqual(['MUG-B', 'MUG-C']);
  });
});
