import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type EntryOptions, invocations } from '@shipline/lambda-kit/invocation';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';

/**
 * A function behind the table's stream. Records are handled in order; from the first one that fails on, the
 * stream repeats. The event source's filter chooses them.
 *
 * @throws (when called) where the first one fails, so that `Errors` counts it.
 */
export function streamEntry<S extends z.ZodMiniType>(
  data: S,
  run: (data: z.output<S>) => Promise<unknown>,
  options: EntryOptions = {},
) {
  const invoke = invocations(options);
  return ({ Records }: DynamoDBStreamEvent, lambda: Context): Promise<DynamoDBBatchResponse> =>
    invoke({ kind: 'relay', correlationId: lambda.awsRequestId, lambda }, async ({ logger }, summary) => {
      summary['records'] = Records.length;
      for (const record of Records) {
        try {
          await run(z.parse(data, z.parse(Image, imageOf(record)).data));
        } catch (error) {
          if (record === Records[0]) throw error;
          const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
          logger.error('record failed', { sequenceNumber: itemIdentifier, error: error as Error });
          return { batchItemFailures: [{ itemIdentifier }] };
        }
      }
      return { batchItemFailures: [] };
    });
}

const Image = z.object({ data: z.unknown() });

/** @types/aws-lambda has its own AttributeValue; it is the SDK's. */
const imageOf = ({ dynamodb }: DynamoDBRecord): unknown =>
  unmarshall((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
