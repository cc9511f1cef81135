import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { FaultRule } from '../domain/fault.js';
import { seconds } from '../domain/payment-method.js';
import type { Faults } from '../ports/faults.js';
import { FAULTS, keys, ruleItem } from './stored-items.js';
import { Item, StoredRule } from './stored-schemas.js';

/** How long a count is kept after its last strike, seconds. */
const COUNT_LIFE = 24 * 3600;

export class DynamoDbFaults implements Faults {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly clock: () => Date,
  ) {}

  async add(rule: FaultRule): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.tableName, Item: ruleItem(rule, this.clock()) }));
  }

  async rules(): Promise<readonly FaultRule[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :faults',
        ExpressionAttributeValues: { ':faults': FAULTS },
        ConsistentRead: true,
      }),
    );
    // Their ids grow with time.
    return Items.map((item) => z.parse(StoredRule, z.parse(Item, item).data));
  }

  async take({ id, times }: FaultRule): Promise<boolean> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keys.strikes(id),
          UpdateExpression: 'SET kind = :kind, expiresAt = :expires ADD strikes :one',
          ConditionExpression: 'attribute_not_exists(strikes) OR strikes < :times',
          ExpressionAttributeValues: {
            ':kind': 'strikes',
            ':expires': seconds(this.clock()) + COUNT_LIFE,
            ':one': 1,
            ':times': times,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async clear(): Promise<void> {
    for (const { id } of await this.rules())
      await this.client.send(new DeleteCommand({ TableName: this.tableName, Key: keys.rule(id) }));
  }
}
