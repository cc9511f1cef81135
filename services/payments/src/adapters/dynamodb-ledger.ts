import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '@shipline/contracts';
import { traceHeader } from '@shipline/lambda-kit/tracing';
import type { Fact } from '../domain/fact.js';
import { paymentKey } from '../domain/payment-events.js';
import type { Ledger } from '../ports/ledger.js';
import { fromItem, toItem } from './stored-fact.js';

export class DynamoDbLedger implements Ledger {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async read(orderId: OrderId): Promise<readonly Fact[]> {
    const facts: Fact[] = [];
    const pages = paginateQuery(
      { client: this.client },
      {
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :payment',
        ExpressionAttributeValues: { ':payment': paymentKey(orderId) },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) facts.push(...Items.map((item) => fromItem(item).fact));
    return facts;
  }

  async append(orderId: OrderId, fact: Fact): Promise<'appended' | 'taken'> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tableName,
          Item: toItem(orderId, fact, traceHeader()),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return 'appended';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'taken';
      throw error;
    }
  }
}
