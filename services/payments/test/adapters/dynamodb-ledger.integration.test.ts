import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { afterEach, expect, it } from 'vitest';
import { DynamoDbLedger } from '../../src/adapters/dynamodb-ledger.js';
import { DAY_INDEX } from '../../src/adapters/stored-fact.js';
import { authorised, facts, opened, orderId } from '../builders.js';
import { describeLedger } from '../contracts/ledger-contract.js';

let table: TemporaryTable | undefined;
const open = async () => {
  table = await temporaryTable('payments', {
    key: ['pk', 'sk'],
    indexes: { [DAY_INDEX]: { key: ['day', 'pk'] } },
  });
  return { table, ledger: new DynamoDbLedger(table.documents, table.tableName) };
};

describeLedger(
  'DynamoDB',
  async () => (await open()).ledger,
  () => table?.drop(),
);

afterEach(() => table?.drop().catch(() => undefined));

it('lists a payment once under the day of its first fact', async () => {
  const { table, ledger } = await open();
  for (const fact of facts(opened, authorised)) await ledger.append(orderId, fact);

  const { Items } = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: DAY_INDEX,
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': '2026-11-23' },
    }),
  );

  expect(Items).toEqual([{ pk: `PAY#${orderId}`, sk: '0001', day: '2026-11-23' }]);
});
