import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** `pk`, or `['pk', 'sk']`: the names of string attributes. */
export type Key = string | readonly [hash: string, range: string];

export interface TableShape {
  readonly key: Key;
  /** By name; without `attributes` the index has the keys only. */
  readonly indexes?: Readonly<Record<string, { readonly key: Key; readonly attributes?: readonly string[] }>>;
}

export interface TemporaryTable {
  readonly tableName: string;
  readonly documents: DynamoDBDocumentClient;
  readonly drop: () => Promise<unknown>;
}

/**
 * A table of its own for one test, in the cloud at AWS_ENDPOINT_URL. Drop it after the test.
 *
 * @throws {Error} without that variable: a test table never lands in a real account by accident.
 */
export async function temporaryTable(name: string, shape: TableShape): Promise<TemporaryTable> {
  if (!process.env['AWS_ENDPOINT_URL'])
    throw new Error('AWS_ENDPOINT_URL is not set: run the contract suites on a local cloud, by `pnpm test`');
  const client = new DynamoDBClient({});
  const tableName = `${name}-${randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName: tableName, ...creation(shape) }));
  return {
    tableName,
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    drop: async () => {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      client.destroy();
    },
  };
}

type Creation = Omit<CreateTableCommandInput, 'TableName'>;

export function creation({ key, indexes = {} }: TableShape): Creation {
  const all = [key, ...Object.values(indexes).map((index) => index.key)].flat();
  const globalIndexes = Object.entries(indexes).map(([IndexName, index]) => ({
    IndexName,
    KeySchema: keySchema(index.key),
    Projection: index.attributes
      ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.attributes] }
      : { ProjectionType: 'KEYS_ONLY' as const },
  }));
  return {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(key),
    AttributeDefinitions: [...new Set(all)].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
  };
}

const keySchema = (key: Key) =>
  [key].flat().map((AttributeName, index) => ({
    AttributeName: AttributeName as string,
    KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
