import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { seconds } from '../domain/payment-method.js';
import {
  type ClaimOutcome,
  type IdempotencyKeys,
  KEY_LIFE_SECONDS,
  type KeyClaim,
  LEASE_SECONDS,
} from '../ports/idempotency-keys.js';
import { keys } from './stored-items.js';
import { StoredKey } from './stored-schemas.js';

export class DynamoDbIdempotencyKeys implements IdempotencyKeys {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async claim(claim: KeyClaim): Promise<ClaimOutcome> {
    const { key, fingerprint, lease } = claim;
    const now = seconds(claim.now);
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tableName,
          Item: {
            ...keys.idempotency(key),
            kind: 'key',
            fingerprint,
            lease,
            leaseUntil: now + LEASE_SECONDS,
            expiresAt: now + KEY_LIFE_SECONDS,
          },
          // DynamoDB deletes what has expired some time later.
          ConditionExpression: `attribute_not_exists(pk) OR expiresAt <= :now OR
            (attribute_not_exists(reply) AND leaseUntil <= :now AND fingerprint = :fingerprint)`,
          ExpressionAttributeValues: { ':now': now, ':fingerprint': fingerprint },
        }),
      );
      return { state: 'claimed' };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return this.#known(key, fingerprint);
    }
  }

  async release(key: string, lease: string): Promise<void> {
    try {
      await this.client.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: keys.idempotency(key),
          ConditionExpression: 'lease = :lease AND attribute_not_exists(reply)',
          ExpressionAttributeValues: { ':lease': lease },
        }),
      );
    } catch (error) {
      // Somebody else's by now.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async #known(key: string, fingerprint: string): Promise<ClaimOutcome> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: keys.idempotency(key), ConsistentRead: true }),
    );
    // Released in between: the caller tries again.
    if (!Item) return { state: 'in_use' };
    const stored = z.parse(StoredKey, Item);
    if (stored.fingerprint !== fingerprint) return { state: 'mismatch' };
    return stored.reply ? { state: 'done', reply: stored.reply } : { state: 'in_use' };
  }
}
