import type { Sku } from '@shipline/contracts';
import { CatalogError } from '../domain/catalog-error.js';
import type { Product } from '../domain/product.js';
import type { Products } from '../ports/products.js';

export type GetProduct = (sku: Sku) => Promise<Product>;

/** @throws {CatalogError} `PRODUCT_NOT_FOUND` */
export const makeGetProduct =
  ({ products }: { products: Products }): GetProduct =>
  async (sku) => {
    const product = await products.findBySku(sku);
    if (!product) throw new CatalogError('PRODUCT_NOT_FOUND');
    return product;
  };
