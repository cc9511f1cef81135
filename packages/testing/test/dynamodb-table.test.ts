import { expect, it, vi } from 'vitest';
import { creation, temporaryTable } from '../src/dynamodb-table.js';

it('names every key once, whatever index it belongs to', () => {
  const shape = {
    key: ['pk', 'sk'],
    indexes: { byOwner: { key: ['owner', 'sk'], attributes: ['total'] }, byState: { key: 'state' } },
  } as const;

  expect(creation(shape)).toEqual({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'owner', 'state'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byOwner',
        KeySchema: [
          { AttributeName: 'owner', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
      },
      {
        IndexName: 'byState',
        KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
});

it('never makes a table where no local cloud is named', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', '');

  await expect(temporaryTable('parcels', { key: 'pk' })).rejects.toThrow('AWS_ENDPOINT_URL is not set');
  vi.unstubAllEnvs();
});
