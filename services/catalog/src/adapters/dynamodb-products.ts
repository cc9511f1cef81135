import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Sku } from '@shipline/contracts';
import type { PagePosition } from '../domain/cursor.js';
import type { Product } from '../domain/product.js';
import type { ListedProducts, Products } from '../ports/products.js';
import { fromItem, keyOf, listOf, startKey } from './stored-product.js';

/** DynamoDB answers a batch in part while a partition is busy. The waits add up to 1.5 s at most. */
const BATCH_ATTEMPTS = 5;

/** A batch that DynamoDB did not finish within its attempts. */
export class BatchUnfinished extends Error {
  override readonly name = 'BatchUnfinished';
}

export class DynamoDbProducts implements Products {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly pause: (attempt: number) => Promise<void> = backOff,
  ) {}

  async findBySku(sku: Sku): Promise<Product | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.tableName, Key: keyOf(sku) }));
    return Item && fromItem(Item);
  }

  /** Strongly consistent: one read unit per product instead of half a one, and no price older than the shown. */
  async findAll(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Product>> {
    const found = new Map<Sku, Product>();
    let keys: Record<string, unknown>[] = skus.map(keyOf);
    for (let attempt = 1; keys.length > 0; attempt += 1) {
      if (attempt > BATCH_ATTEMPTS) throw new BatchUnfinished(`${keys.length} of ${skus.length} products`);
      if (attempt > 1) await this.pause(attempt);
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const product of (Responses?.[this.tableName] ?? []).map(fromItem))
        found.set(product.sku, product);
      keys = UnprocessedKeys?.[this.tableName]?.Keys ?? [];
    }
    return found;
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
    const { index, key, value } = listOf(category);
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
        // One more tells whether there is another page.
        Limit: limit + 1,
        ...(after && { ExclusiveStartKey: startKey(after) }),
      }),
    );
    const products = Items.slice(0, limit).map(fromItem);
    const last = products.at(-1);
    return {
      products,
      ...(Items.length > limit && last && { next: positionOf(last.sku, category) }),
    };
  }
}

const positionOf = (sku: Sku, category: string | undefined): PagePosition =>
  category === undefined ? { sku } : { sku, category };

/** 50 ms, doubled with each attempt, and as much again by chance. */
const backOff = (attempt: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, 25 * 2 ** (attempt - 1) * (1 + Math.random()));
  });
