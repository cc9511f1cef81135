import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { BatchUnfinished, DynamoDbProducts } from '../../src/adapters/dynamodb-products.js';
import { keyOf, toItem } from '../../src/adapters/stored-product.js';
import type { Product } from '../../src/domain/product.js';
import { aProduct } from '../builders.js';

interface Asked {
  readonly Keys: readonly { pk: string }[];
  readonly ConsistentRead?: boolean;
}

/** A table that answers `perCall` keys of a batch and leaves the rest. */
function setup({ perCall, item = toItem }: { perCall: number; item?: (product: Product) => object }) {
  const asked: Asked[] = [];
  const pauses: number[] = [];
  const client = {
    send: async ({ input }: { input: { RequestItems: { catalog: Asked } } }) => {
      const { Keys } = input.RequestItems.catalog;
      asked.push(input.RequestItems.catalog);
      const items = Keys.slice(0, perCall).map(({ pk }) => item(aProduct(pk.slice('PRODUCT#'.length))));
      const left = Keys.slice(perCall);
      return {
        Responses: { catalog: items },
        UnprocessedKeys: left.length > 0 ? { catalog: { Keys: left } } : {},
      };
    },
  };
  const products = new DynamoDbProducts(
    client as unknown as DynamoDBDocumentClient,
    'catalog',
    async (attempt) => {
      pauses.push(attempt);
    },
  );
  return { products, asked, pauses };
}

describe('a batch of products', () => {
  it('asks again for what DynamoDB left, after a pause', async () => {
    const { products, asked, pauses } = setup({ perCall: 2 });

    const found = await products.findAll(['A', 'B', 'C']);

    expect([...found.keys()]).toEqual(['A', 'B', 'C']);
    expect(asked.map(({ Keys }) => Keys)).toEqual([['A', 'B', 'C'].map(keyOf), [keyOf('C')]]);
    expect(pauses).toEqual([2]);
  });

  it('reads strongly, so that no older price is quoted than was shown', async () => {
    const { products, asked } = setup({ perCall: 1 });

    await products.findAll(['A', 'B']);

    expect(asked.map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true]);
  });

  it('gives up in the end instead of quoting a part', async () => {
    const { products, asked } = setup({ perCall: 0 });

    await expect(products.findAll(['A'])).rejects.toThrow(BatchUnfinished);
    expect(asked).toHaveLength(5);
  });

  it.each([
    ['a price in words', { price: 'cheap' }],
    ['half a cent', { price: { amount: 0.5, currency: 'USD' } }],
    ['a negative price', { price: { amount: -1, currency: 'USD' } }],
    ['no name', { name: undefined }],
  ])('fails on an item with %s', async (_, wrong) => {
    const { products } = setup({ perCall: 1, item: (product) => ({ ...toItem(product), ...wrong }) });

    await expect(products.findAll(['A'])).rejects.toThrow();
  });
});
