import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Sku } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { Stock } from '../ports/reservations.js';
import { StoredStock, stockKey } from './stored-items.js';

const ATTEMPTS = 4;

export class DynamoDbStock implements Stock {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async freeUnits(skus: readonly Sku[], { strong }: { strong: boolean }): Promise<ReadonlyMap<Sku, number>> {
    const free = new Map<Sku, number>();
    let keys: Record<string, unknown>[] = [...new Set(skus)].map((sku) => ({ pk: stockKey(sku) }));
    for (let attempt = 0; keys.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) throw new Error(`${keys.length} stock items stay unprocessed`);
      const { Responses = {}, UnprocessedKeys = {} } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: strong } } }),
      );
      for (const item of Responses[this.tableName] ?? []) {
        const { sku, units } = z.parse(StoredStock, item);
        free.set(sku, units);
      }
      keys = UnprocessedKeys[this.tableName]?.Keys ?? [];
    }
    return free;
  }
}
