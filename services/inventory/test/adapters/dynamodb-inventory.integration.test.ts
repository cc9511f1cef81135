import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach } from 'vitest';
import { DynamoDbExpiryProgress } from '../../src/adapters/dynamodb-expiry-progress.js';
import { DynamoDbReservations } from '../../src/adapters/dynamodb-reservations.js';
import { DynamoDbStock } from '../../src/adapters/dynamodb-stock.js';
import { stockKey } from '../../src/adapters/stored-items.js';
import { describeInventory } from '../contracts/inventory-contract.js';
import { createInventoryTable } from './inventory-table.js';

let table: Awaited<ReturnType<typeof createInventoryTable>> | undefined;
afterEach(() => table?.drop());

describeInventory('DynamoDB', async () => {
  const { tableName, documents, drop } = await createInventoryTable();
  table = { tableName, documents, drop };
  return {
    reservations: new DynamoDbReservations(documents, tableName),
    stock: new DynamoDbStock(documents, tableName),
    progress: new DynamoDbExpiryProgress(documents, tableName),
    stockUp: async (units) => {
      for (const [sku, count] of Object.entries(units))
        await documents.send(
          new PutCommand({ TableName: tableName, Item: { pk: stockKey(sku), sku, units: count } }),
        );
    },
  };
});
