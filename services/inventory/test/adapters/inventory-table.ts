import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { EXPIRY_INDEX } from '../../src/adapters/stored-items.js';

/** A table of its own in the cloud at AWS_ENDPOINT_URL, shaped as the data stack shapes it. */
export async function createInventoryTable() {
  const client = new DynamoDBClient();
  const tableName = `inventory-test-${process.pid}-${performance.now().toString().replace('.', '')}`;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: ['pk', 'expiryBucket', 'expiresAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: EXPIRY_INDEX,
          KeySchema: [
            { AttributeName: 'expiryBucket', KeyType: 'HASH' },
            { AttributeName: 'expiresAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  return {
    tableName,
    documents: DynamoDBDocumentClient.from(client),
    drop: () => client.send(new DeleteTableCommand({ TableName: tableName })),
  };
}
