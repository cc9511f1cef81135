import { MAX_LINES, MAX_QUANTITY, Money, SHOP_CURRENCY } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { seedItems, seedProducts } from '../seed/seed-products.js';
import { fromItem } from '../src/adapters/stored-product.js';

describe('the seed', () => {
  it('sells 24 different products', () => {
    expect(new Set(seedProducts.map(({ sku }) => sku)).size).toBe(24);
    expect(new Set(seedProducts.map(({ name }) => name)).size).toBe(24);
  });

  it.each(seedProducts)('describes $sku in two sentences, with a picture and a price', (product) => {
    expect(product.description.match(/[^.]+\.(?:\s|$)/g)).toHaveLength(2);
    expect(product.image).toBe(`/products/${product.sku}.svg`);
    expect(product.price.currency).toBe(SHOP_CURRENCY);
    expect(product.price.amount).toBeGreaterThan(0);
  });

  it('leaves even the fullest cart payable', () => {
    const dearest = seedProducts
      .map(({ price }) => price.amount)
      .sort((a, b) => b - a)
      .slice(0, MAX_LINES);
    const amount = dearest.reduce((sum, price) => sum + price * MAX_QUANTITY, 0);

    expect(Money.safeParse({ amount, currency: SHOP_CURRENCY }).success).toBe(true);
  });

  it('is stored as it is sold', () => {
    expect(seedItems().map(fromItem)).toEqual(seedProducts);
  });
});
