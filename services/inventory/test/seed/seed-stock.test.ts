import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { seedItems, seedStock } from '../../seed/seed-stock.js';

/** Read as a file: a service imports nothing of another one, but the two seeds make one shop. */
const products: { sku: string }[] = JSON.parse(
  readFileSync(new URL('../../../catalog/seed/products.json', import.meta.url), 'utf8'),
);

it('stocks exactly what catalog’s seed sells', () => {
  expect(Object.keys(seedStock).sort()).toEqual(products.map(({ sku }) => sku).sort());
});

it('is a shop in which one can buy, run short and come too late', () => {
  const units = Object.values(seedStock);

  expect(units.filter((count) => count >= 10).length).toBeGreaterThan(units.length / 2);
  expect(units).toContain(0);
  expect(units.some((count) => count > 0 && count < 5)).toBe(true);
});

it('is one item per SKU, as the table stores it', () => {
  expect(seedItems()).toContainEqual({ pk: 'STOCK#MUG-CANARY#0', sku: 'MUG-CANARY', units: 5000 });
  expect(seedItems()).toHaveLength(products.length);
});
