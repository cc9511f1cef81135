import { getProduct, listProducts, Product, ProductPage } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { encodeCursor } from '@shipline/lambda-kit/cursor';
import { type ApiRequest, apiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { makeGetProduct } from '../../src/application/get-product.js';
import { makeListProducts } from '../../src/application/list-products.js';
import { catalogApi, statusOf } from '../../src/handlers/catalog-api.js';
import { aProduct } from '../builders.js';
import { InMemoryProducts } from '../fakes/in-memory-products.js';

const mug = aProduct('MUG-CANARY', { name: '<b>Canary</b> & co' });

function setup() {
  const products = new InMemoryProducts(mug, aProduct('BAG-A', { category: 'bags' }), aProduct('MUG-Z'));
  const api = catalogApi({
    listProducts: makeListProducts({ products }),
    getProduct: makeGetProduct({ products }),
  });
  const handler = httpEntry(api, { logger: recordingLogger() });
  const ask = async (path: string, query: Record<string, string> = {}, more: ApiRequest = {}) => {
    const { statusCode, headers, body } = await handler(apiEvent({ path, query, ...more }), lambdaContext());
    return { statusCode, headers, body: JSON.parse(body) };
  };
  return { products, ask };
}

describe('GET /api/products', () => {
  it('answers a page as the contract says, and browsers may keep it', async () => {
    const { statusCode, headers, body } = await setup().ask('/api/products', { limit: '2' });

    expect(statusCode).toBe(listProducts.status);
    expect(ProductPage.parse(body).items.map(({ sku }) => sku)).toEqual(['BAG-A', 'MUG-CANARY']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=60, stale-while-revalidate=300',
    });
  });

  it('goes on with the cursor, to the last page', async () => {
    const { ask } = setup();
    const first = await ask('/api/products', { limit: '1', category: 'mugs' });

    const second = await ask('/api/products', {
      limit: '1',
      category: 'mugs',
      cursor: first.body.nextCursor,
    });

    expect(second.body.items).toHaveLength(1);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it('answers an unknown category with an empty page', async () => {
    expect((await setup().ask('/api/products', { category: 'hats' })).body).toEqual({ items: [] });
  });

  it.each([
    ['made up', 'abc'],
    ['of another list', encodeCursor({ sku: 'MUG-Z', category: 'mugs' })],
  ])('refuses a cursor that is %s', async (_, cursor) => {
    const { statusCode, headers, body } = await setup().ask('/api/products', { cursor });

    expect({ statusCode, code: body.code }).toEqual({ statusCode: 422, code: 'INVALID_CURSOR' });
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['no limit at all', { limit: '0' }],
    ['a negative limit', { limit: '-1' }],
    ['an absurd limit', { limit: '1e9' }],
    ['half a product', { limit: '1.5' }],
    ['a limit that is no number', { limit: 'many' }],
    ['an over-long category', { category: 'm'.repeat(41) }],
    ['a category that cannot be', { category: 'PRODUCT#' }],
    ['an over-long cursor', { cursor: 'a'.repeat(513) }],
    ['a cursor that cannot be', { cursor: '{"sku":"MUG"}' }],
    ['an unknown parameter', { sort: 'price' }],
  ])('refuses %s', async (_, query) => {
    expect(await setup().ask('/api/products', query)).toMatchObject({
      statusCode: 422,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('does not know how to write', async () => {
    expect(await setup().ask('/api/products', {}, { method: 'POST', body: '{' })).toMatchObject({
      statusCode: 405,
      body: { code: 'METHOD_NOT_ALLOWED' },
    });
  });

  it('fails, so that the fault is counted, when the table cannot be read', async () => {
    const { products, ask } = setup();
    products.list = () => Promise.reject(new Error('no table'));

    await expect(ask('/api/products')).rejects.toThrow('no table');
  });
});

describe('GET /api/products/{sku}', () => {
  it('answers what the contract says, and browsers may keep it', async () => {
    const { statusCode, headers, body } = await setup().ask('/api/products/MUG-CANARY');

    expect({ statusCode, body: Product.parse(body) }).toEqual({ statusCode: getProduct.status, body: mug });
    expect(headers['cache-control']).toMatch(/^public, max-age=60/);
  });

  it('refuses an unknown SKU, and nobody keeps that', async () => {
    const { statusCode, headers, body } = await setup().ask('/api/products/GHOST');

    expect({ statusCode, code: body.code }).toEqual({ statusCode: 404, code: 'PRODUCT_NOT_FOUND' });
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['in lower case', 'mug-canary'],
    ['over-long', 'M'.repeat(41)],
    ['of another key', 'PRODUCT%23MUG'],
    ['with a broken escape', '%E0%A4%A'],
  ])('refuses an SKU %s', async (_, sku) => {
    const { statusCode, body } = await setup().ask(`/api/products/${sku}`);

    expect({ statusCode, code: body.code }).toEqual({ statusCode: 422, code: 'INVALID_REQUEST' });
  });

  it('fails, so that the fault is counted, when the table cannot be read', async () => {
    const { products, ask } = setup();
    products.findBySku = () => Promise.reject(new Error('no table'));

    await expect(ask('/api/products/MUG')).rejects.toThrow('no table');
  });
});

it('gives every refusal the status that its contract says', () => {
  expect(statusOf).toEqual({ ...listProducts.problems, ...getProduct.problems });
});
