import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { DynamoDbFaults } from '../../src/adapters/dynamodb-faults.js';
import { DynamoDbGatewayStore } from '../../src/adapters/dynamodb-gateway-store.js';
import { DynamoDbIdempotencyKeys } from '../../src/adapters/dynamodb-idempotency-keys.js';
import { LIST_INDEX } from '../../src/adapters/stored-items.js';
import { describeGateway } from '../contracts/gateway-contract.js';

let table: TemporaryTable | undefined;

describeGateway(
  'DynamoDB',
  async () => {
    table = await temporaryTable('payment-sandbox', {
      key: ['pk', 'sk'],
      indexes: { [LIST_INDEX]: { key: ['list', 'listedAt'], attributes: ['kind', 'data'] } },
    });
    const { documents, tableName } = table;
    return {
      store: new DynamoDbGatewayStore(documents, tableName),
      keys: new DynamoDbIdempotencyKeys(documents, tableName),
      faults: new DynamoDbFaults(documents, tableName, () => new Date()),
    };
  },
  () => table?.drop(),
);
