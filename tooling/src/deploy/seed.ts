import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { seedItems as productItems } from '@shipline/catalog/seed';
import { seedItems as stockItems } from '@shipline/inventory/seed';
import { UserError } from '../cli.js';
import type { Progress } from '../progress.js';
import type { Outputs } from './outputs.js';
import { wayInto } from './signed-only.js';

type Item = Record<string, unknown>;

/** Most that one BatchWriteItem takes. */
const batchSize = 25;

/**
 * Fills the shelves: what is there already stays as it is, because in a shop that sells, prices and free units are
 * no longer the seed's. On the laptop and in dev the products follow the seed. Repeating it is harmless.
 */
export async function seedShop(outputs: Outputs, progress: Progress): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const products = productItems();
  const stocked = await progress.step('Seed products and stock', async () => {
    const follows = outputs.environment === 'local' || outputs.environment === 'dev';
    await (follows ? putAll : putWhereAbsent)(client, tableOf(outputs, 'catalog'), products);
    return putWhereAbsent(client, tableOf(outputs, 'inventory'), stockItems());
  });
  progress.note(`${products.length} products, ${stocked} of them newly stocked`);
}

function tableOf({ tables, environment }: Outputs, service: string): string {
  const table = tables[service];
  if (table === undefined)
    throw new UserError(
      `Environment \`${environment}\` has no table of ${service}: ${wayInto(environment)}.`,
    );
  return table;
}

async function putAll(client: DynamoDBDocumentClient, table: string, items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    let requests = items.slice(start, start + batchSize).map((Item) => ({ PutRequest: { Item } }));
    while (requests.length > 0) {
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems[table] ?? []) as typeof requests;
    }
  }
}

/** @returns how many were absent. */
async function putWhereAbsent(
  client: DynamoDBDocumentClient,
  table: string,
  items: readonly Item[],
): Promise<number> {
  const put = async (Item: Item): Promise<number> => {
    try {
      await client.send(
        new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
      return 1;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 0;
      throw error;
    }
  };
  const counts = await Promise.all(items.map(put));
  return counts.reduce((sum, count) => sum + count, 0);
}
