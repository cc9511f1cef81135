import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MailLog } from '../ports/mail-log.js';

/** Longer than an event can come back: 30 days in the bus's archive, then 14 among the dead letters. */
const KEPT_DAYS = 90;

/** One item per event: `leaseUntil` (epoch milliseconds), `sentAt` (ISO 8601), `ttl` (epoch seconds). */
export class DynamoDbMailLog implements MailLog {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async takeLease(
    eventId: string,
    { now, until }: { now: Date; until: Date },
  ): Promise<'taken' | 'held' | 'sent'> {
    try {
      await this.client.send(
        new UpdateCommand({
          ...this.item(eventId),
          UpdateExpression: 'SET leaseUntil = :until, #ttl = :ttl',
          ConditionExpression:
            'attribute_not_exists(pk) OR (attribute_not_exists(sentAt) AND leaseUntil <= :now)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':now': now.getTime(),
            ':until': until.getTime(),
            ':ttl': ttlFrom(now),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'taken';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item?.['sentAt'] === undefined ? 'held' : 'sent';
    }
  }

  async markSent(eventId: string, at: Date): Promise<void> {
    await this.client.send(
      new UpdateCommand({
        ...this.item(eventId),
        UpdateExpression: 'SET sentAt = if_not_exists(sentAt, :at), #ttl = :ttl REMOVE leaseUntil',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':at': at.toISOString(), ':ttl': ttlFrom(at) },
      }),
    );
  }

  private item(eventId: string) {
    return { TableName: this.tableName, Key: { pk: `MAIL#${eventId}` } };
  }
}

const ttlFrom = (time: Date): number => Math.floor(time.getTime() / 1000) + KEPT_DAYS * 24 * 60 * 60;
