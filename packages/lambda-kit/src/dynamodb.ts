import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientDefaults } from './client-defaults.js';
import { traceable } from './traceable.js';

/** A document client that gives up: 1 s to connect, 3 s to answer, 3 attempts. `undefined` is not written. */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(traceable(new DynamoDBClient(clientDefaults())), {
    marshallOptions: { removeUndefinedValues: true },
  });
