import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DynamoDbMailLog } from '../../src/adapters/dynamodb-mail-log.js';
import { now } from '../builders.js';
import { describeMailLog } from '../contracts/mail-log-contract.js';

let table: TemporaryTable;
beforeEach(async () => {
  table = await temporaryTable('notifications', { key: 'pk' });
});
afterEach(() => table.drop());

describeMailLog('DynamoDB', () => new DynamoDbMailLog(table.documents, table.tableName));

it('keeps no more than when a mail was sent, and that for longer than its event can come back', async () => {
  const log = new DynamoDbMailLog(table.documents, table.tableName);
  await log.takeLease('order#1', { now, until: now });
  await log.markSent('order#1', now);
  await log.markSent('order#1', new Date('2027-01-01T00:00:00Z'));

  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: { pk: 'MAIL#order#1' } }),
  );

  expect(Item).toEqual({ pk: 'MAIL#order#1', sentAt: now.toISOString(), ttl: expect.any(Number) });
  expect(Item?.['ttl']).toBeGreaterThan(now.getTime() / 1000 + (30 + 14) * 24 * 60 * 60);
});
