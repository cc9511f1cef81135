import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Minute } from '../domain/expiry-minute.js';
import type { ExpiryProgress } from '../ports/reservations.js';
import { PROGRESS_KEY, StoredProgress } from './stored-items.js';

export class DynamoDbExpiryProgress implements ExpiryProgress {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async read(): Promise<Minute | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: { pk: PROGRESS_KEY }, ConsistentRead: true }),
    );
    return Item && (z.parse(StoredProgress, Item).minute as Minute);
  }

  async advance(to: Minute): Promise<void> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: { pk: PROGRESS_KEY },
          UpdateExpression: 'SET #minute = :to',
          ConditionExpression: 'attribute_not_exists(#minute) OR #minute < :to',
          ExpressionAttributeNames: { '#minute': 'minute' },
          ExpressionAttributeValues: { ':to': to },
        }),
      );
    } catch (error) {
      // Another run is further already.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
