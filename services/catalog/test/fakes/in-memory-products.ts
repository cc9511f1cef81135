import type { Sku } from '@shipline/contracts';
import type { PagePosition } from '../../src/domain/cursor.js';
import type { Product } from '../../src/domain/product.js';
import type { ListedProducts, Products } from '../../src/ports/products.js';

export class InMemoryProducts implements Products {
  private readonly products: Map<Sku, Product>;

  constructor(...products: readonly Product[]) {
    this.products = new Map(products.map((product) => [product.sku, product]));
  }

  async findBySku(sku: Sku): Promise<Product | undefined> {
    return this.products.get(sku);
  }

  async findAll(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Product>> {
    return new Map(
      skus.flatMap((sku) => {
        const product = this.products.get(sku);
        return product ? [[sku, product] as const] : [];
      }),
    );
  }

  async list({
    category,
    limit,
    after,
  }: {
    category?: string | undefined;
    limit: number;
    after?: PagePosition;
  }): Promise<ListedProducts> {
    const rest = [...this.products.values()]
      .filter((product) => category === undefined || product.category === category)
      .filter(({ sku }) => after === undefined || sku > after.sku)
      .sort((a, b) => (a.sku < b.sku ? -1 : 1));
    const products = rest.slice(0, limit);
    const last = products.at(-1);
    if (rest.length <= limit || !last) return { products };
    return { products, next: { sku: last.sku, ...(category !== undefined && { category }) } };
  }
}
