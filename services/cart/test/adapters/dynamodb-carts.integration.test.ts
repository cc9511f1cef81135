import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { DynamoDbCarts } from '../../src/adapters/dynamodb-carts.js';
import { describeCarts } from '../contracts/carts-contract.js';

let table: TemporaryTable | undefined;

describeCarts(
  'DynamoDB',
  async () => {
    table = await temporaryTable('cart', { key: 'pk' });
    return new DynamoDbCarts(table.documents, table.tableName);
  },
  () => table?.drop(),
);
