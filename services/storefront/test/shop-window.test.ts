import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categories } from '../src/catalog/categories.js';
import { addPage, emptyShelf, hasMore, nextQuery } from '../src/catalog/load-products.js';
import { loadAvailability, stockLevel } from '../src/catalog/use-availability.js';

interface SeedProduct {
  readonly sku: string;
  readonly category: string;
  readonly image: string;
}
const seed: SeedProduct[] = JSON.parse(
  readFileSync(new URL('../../catalog/seed/products.json', import.meta.url), 'utf8'),
);
const publicFile = (path: string) => new URL(`../public${path}`, import.meta.url);

describe('the shop window', () => {
  it('has a shelf for every category that is sold, and no empty shelf', () => {
    const sold = new Set(seed.map(({ category }) => category));
    expect(new Set(categories.map(({ id }) => id))).toEqual(sold);
  });

  it.each(seed)('has a picture of $sku, under 6 KB', ({ sku, image }) => {
    expect(image).toBe(`/products/${sku}.svg`);
    expect(statSync(publicFile(image)).size).toBeLessThan(6_000);
  });

  it('has no picture of something that is not sold', () => {
    const pictures = readdirSync(publicFile('/products')).map((file) => file.replace(/\.svg$/, ''));
    expect(pictures.sort()).toEqual(seed.map(({ sku }) => sku).sort());
  });
});

describe('the shelf', () => {
  it('goes on with the cursor until there is none', () => {
    const first = addPage(emptyShelf('mugs'), { items: [], nextCursor: 'c1' });
    const last = addPage(first, { items: [] });

    expect(nextQuery(first)).toEqual({ limit: 12, category: 'mugs', cursor: 'c1' });
    expect([hasMore(emptyShelf('mugs')), hasMore(first), hasMore(last)]).toEqual([true, true, false]);
  });

  it('asks for the availability of at most twenty products at once', async () => {
    const asked: string[] = [];
    const client = {
      getAvailability: async ({ query }: { query?: { skus: string } }) => {
        const skus = query?.skus.split(',') ?? [];
        asked.push(String(skus.length));
        return { items: skus.map((sku) => ({ sku, available: 1 })) };
      },
    };

    const availability = await loadAvailability(
      client,
      Array.from({ length: 45 }, (_, n) => `SKU-${n}`),
    );

    expect(asked).toEqual(['20', '20', '5']);
    expect(Object.keys(availability)).toHaveLength(45);
  });

  it('claims nothing about stock that it does not know', () => {
    expect([undefined, 0, 1, 5, 6].map((units) => stockLevel(units).text)).toEqual([
      '',
      'Sold out',
      'Only 1 left',
      'Only 5 left',
      'In stock',
    ]);
  });
});
