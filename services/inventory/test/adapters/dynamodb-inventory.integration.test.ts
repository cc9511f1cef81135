import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { DynamoDbExpiryProgress } from '../../src/adapters/dynamodb-expiry-progress.js';
import { DynamoDbReservations } from '../../src/adapters/dynamodb-reservations.js';
import { DynamoDbStock } from '../../src/adapters/dynamodb-stock.js';
import { EXPIRY_INDEX, toStockItem } from '../../src/adapters/stored-items.js';
import { describeInventory } from '../contracts/inventory-contract.js';

let table: TemporaryTable | undefined;

describeInventory(
  'DynamoDB',
  async () => {
    const opened = await temporaryTable('inventory', {
      key: 'pk',
      indexes: { [EXPIRY_INDEX]: { key: ['expiryBucket', 'expiresAt'] } },
    });
    table = opened;
    const { documents, tableName } = opened;
    return {
      reservations: new DynamoDbReservations(documents, tableName),
      stock: new DynamoDbStock(documents, tableName),
      progress: new DynamoDbExpiryProgress(documents, tableName),
      stockUp: async (stock) => {
        for (const [sku, units] of Object.entries(stock))
          await documents.send(new PutCommand({ TableName: tableName, Item: toStockItem(sku, units) }));
      },
    };
  },
  () => table?.drop(),
);
