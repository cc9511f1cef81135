import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '@shipline/contracts';
import { traceHeader } from '@shipline/lambda-kit/tracing';
import * as z from 'zod/mini';
import type { PagePosition } from '../domain/cursor.js';
import type { Order } from '../domain/order.js';
import { OrderError } from '../domain/order-error.js';
import type { OrderPage, Orders } from '../ports/orders.js';
import {
  CUSTOMER_INDEX,
  fromItem,
  keyOf,
  OPEN_INDEX,
  openShards,
  StoredSummary,
  toItem,
} from './stored-order.js';

export class DynamoDbOrders implements Orders {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async findById(id: OrderId): Promise<Order | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(id), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  async add(order: Order): Promise<'added' | 'exists'> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tableName,
          Item: toItem(order, traceHeader()),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return 'added';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'exists';
      throw error;
    }
  }

  async save(order: Order): Promise<void> {
    // The version alone would do; that a confirmation needs the absence of a cancellation is worth saying twice.
    const unasked = order.status === 'confirmed' ? ' AND attribute_not_exists(cancelRequestedAt)' : '';
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tableName,
          Item: toItem(order, traceHeader()),
          ConditionExpression: `version = :before${unasked}`,
          ExpressionAttributeValues: { ':before': order.version - 1 },
        }),
      );
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) throw new OrderError('ORDER_CHANGED', { cause });
      throw cause;
    }
  }

  async listByCustomer({
    customerId,
    limit,
    after,
  }: {
    customerId: string;
    limit: number;
    after?: PagePosition;
  }): Promise<OrderPage> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: CUSTOMER_INDEX,
        KeyConditionExpression: 'customerId = :customer',
        ExpressionAttributeValues: { ':customer': customerId },
        ScanIndexForward: false,
        // One more tells whether there is another page.
        Limit: limit + 1,
        ...(after && {
          ExclusiveStartKey: { ...keyOf(after.orderId), customerId, createdAt: after.createdAt },
        }),
      }),
    );
    const orders = Items.map((item) => {
      const { orderId, ...summary } = z.parse(StoredSummary, item);
      return { id: orderId, ...summary };
    });
    const page = orders.slice(0, limit);
    const last = page.at(-1);
    return {
      orders: page,
      ...(orders.length > limit && last && { next: { orderId: last.id, createdAt: last.createdAt } }),
    };
  }

  async *openBefore(time: Date, start: number): AsyncIterable<OrderId> {
    for (const shard of openShards(start)) {
      const pages = paginateQuery(
        { client: this.client },
        {
          TableName: this.tableName,
          IndexName: OPEN_INDEX,
          KeyConditionExpression: 'openShard = :shard AND openSince <= :time',
          ExpressionAttributeValues: { ':shard': shard, ':time': time.toISOString() },
          ProjectionExpression: 'pk',
        },
      );
      for await (const { Items = [] } of pages)
        for (const { pk } of Items) yield String(pk).slice('ORDER#'.length) as OrderId;
    }
  }
}
