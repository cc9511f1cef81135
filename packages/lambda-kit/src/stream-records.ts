import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { EntryLogger } from './logger.js';

/** An image of a stream's record as a plain object. @types/aws-lambda has its own AttributeValue; it is the SDK's. */
export const imageOf = (image: object | undefined): unknown =>
  image === undefined ? undefined : unmarshall(image as Record<string, AttributeValue>);

/**
 * Has the stream repeat from the record that failed.
 *
 * @throws `error` where that is the first one: nothing got through, and `Errors` has to count it.
 */
export function repeatFrom(
  record: DynamoDBRecord,
  error: unknown,
  records: readonly DynamoDBRecord[],
  logger: Pick<EntryLogger, 'error'>,
): DynamoDBBatchResponse {
  if (record === records[0]) throw error;
  const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
  logger.error('record failed', { sequenceNumber: itemIdentifier, error: error as Error });
  return { batchItemFailures: [{ itemIdentifier }] };
}
