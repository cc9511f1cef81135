import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '@shipline/contracts';
import { keyOf, OPEN_INDEX, openShards } from '@shipline/orders/stored-order';
import type { OpenOrder } from './order-row.js';

/** As many as DynamoDB takes in one batch. */
const BATCH = 100;
/** The first waits 50 ms, each further one twice as long. */
const RETRIES = 5;

const named = { '#status': 'status' };

/** What the table of orders knows: how far each is, and nothing of its customer. */
export class OrderTable {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly name: string,
  ) {}

  /** @throws when DynamoDB goes on leaving some of them out: an order without its status looks like another one */
  async statuses(orderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const keys = [...new Set(orderIds)].map((id) => keyOf(id as OrderId));
    const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, index) =>
      keys.slice(index * BATCH, (index + 1) * BATCH),
    );
    const items = await Promise.all(batches.map((batch) => this.#batch(batch)));
    return new Map(items.flat().map(({ orderId, status }) => [String(orderId), String(status)]));
  }

  async #batch(keys: Record<string, unknown>[], retried = 0): Promise<Record<string, unknown>[]> {
    const { name } = this;
    const { Responses = {}, UnprocessedKeys = {} } = await this.client.send(
      new BatchGetCommand({
        RequestItems: {
          [name]: {
            Keys: keys,
            ProjectionExpression: 'orderId, #status',
            ExpressionAttributeNames: named,
          },
        },
      }),
    );
    const items = Responses[name] ?? [];
    const left = UnprocessedKeys[name]?.Keys ?? [];
    if (left.length === 0) return items;
    if (retried === RETRIES) throw new Error(`DynamoDB did not answer for ${left.length} orders.`);
    await pause(50 * 2 ** retried);
    return [...items, ...(await this.#batch(left, retried + 1))];
  }

  /**
   * Unfinished orders, those that wait longest first: one whose checkout was never started has no execution.
   * @param most of each shard of the index
   */
  async open(most: number): Promise<{ orders: OpenOrder[]; more: boolean }> {
    const pages = await Promise.all(
      openShards(0).map((shard) =>
        this.client.send(
          new QueryCommand({
            TableName: this.name,
            IndexName: OPEN_INDEX,
            KeyConditionExpression: 'openShard = :shard',
            ExpressionAttributeValues: { ':shard': shard },
            ExpressionAttributeNames: named,
            ProjectionExpression: 'orderId, openSince, #status',
            Limit: most,
          }),
        ),
      ),
    );
    return {
      orders: pages.flatMap(({ Items = [] }) => Items as OpenOrder[]),
      more: pages.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
    };
  }
}
