import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { DynamoDbOrders } from '../../src/adapters/dynamodb-orders.js';
import { CUSTOMER_INDEX, OPEN_INDEX } from '../../src/adapters/stored-order.js';
import { describeOrders } from '../contracts/orders-contract.js';

let table: TemporaryTable | undefined;

describeOrders(
  'DynamoDB',
  async () => {
    table = await temporaryTable('orders', {
      key: 'pk',
      indexes: {
        [CUSTOMER_INDEX]: { key: ['customerId', 'createdAt'], attributes: ['orderId', 'status', 'total'] },
        [OPEN_INDEX]: { key: ['openShard', 'openSince'] },
      },
    });
    return new DynamoDbOrders(table.documents, table.tableName);
  },
  () => table?.drop(),
);
