import type { Sku } from '@shipline/contracts';
import type { PagePosition } from '../domain/cursor.js';
import type { Product } from '../domain/product.js';

export interface ListedProducts {
  /** Ordered by SKU. */
  readonly products: readonly Product[];
  /** Set where there are more. */
  readonly next?: PagePosition;
}

export interface Products {
  findBySku(sku: Sku): Promise<Product | undefined>;

  /**
   * The products of different SKUs; those that are not sold are missing.
   * It sees every price that was written before: no buyer is shown one price and quoted an older one.
   */
  findAll(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Product>>;

  /** A page of all products, or of one category. `after` must be a position of the same list. */
  list(page: { category?: string | undefined; limit: number; after?: PagePosition }): Promise<ListedProducts>;
}
