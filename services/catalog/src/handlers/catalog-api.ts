import { Router } from '@aws-lambda-powertools/event-handler/http';
import {
  getProduct as getProductEndpoint,
  listProducts as listProductsEndpoint,
  type Product as ProductReply,
} from '@shipline/contracts';
import { refusals } from '@shipline/lambda-kit/refusals';
import type { GetProduct } from '../application/get-product.js';
import type { ListProducts } from '../application/list-products.js';
import { CatalogError, type CatalogErrorCode } from '../domain/catalog-error.js';
import type { Product } from '../domain/product.js';

export const statusOf = {
  INVALID_CURSOR: 422,
  PRODUCT_NOT_FOUND: 404,
} as const satisfies Record<CatalogErrorCode, number>;

/**
 * Products are the same for everybody and change rarely; the price that counts is quoted again in the cart. For
 * a minute no browser asks twice, and for five more it shows what it has while it asks. Refusals are not kept.
 */
const CACHE_CONTROL = 'public, max-age=60, stale-while-revalidate=300';

export function catalogApi({
  listProducts,
  getProduct,
}: {
  listProducts: ListProducts;
  getProduct: GetProduct;
}): Router {
  const api = new Router();
  refusals(api, CatalogError, statusOf);
  api.get(
    '/api/products',
    async ({ valid }) => {
      const { products, nextCursor } = await listProducts(valid.req.query);
      return cacheable({ items: products.map(toReply), ...(nextCursor !== undefined && { nextCursor }) });
    },
    { validation: { req: { query: listProductsEndpoint.query } } },
  );
  api.get(
    '/api/products/:sku',
    async ({ valid }) => cacheable(toReply(await getProduct(valid.req.path.sku))),
    { validation: { req: { path: getProductEndpoint.params } } },
  );
  return api;
}

const toReply = ({ sku, name, description, category, price, image }: Product): ProductReply => ({
  sku,
  name,
  description,
  category,
  price,
  image,
});

const cacheable = (reply: unknown): Response =>
  Response.json(reply, { headers: { 'cache-control': CACHE_CONTROL } });
