import type { Product } from '../src/domain/product.js';

export const usd = (amount: number) => ({ amount, currency: 'USD' });

export function aProduct(sku: string, over: Partial<Product> = {}): Product {
  return {
    sku,
    name: `Product ${sku}`,
    description: 'It is good. It is very good.',
    category: 'mugs',
    price: usd(1400),
    image: `/products/${sku}.svg`,
    ...over,
  };
}
