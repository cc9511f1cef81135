import { type EntryOptions, invocations } from '@shipline/lambda-kit/invocation';
import { imageOf, repeatFrom } from '@shipline/lambda-kit/stream-records';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
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
          await run(z.parse(data, z.parse(Image, imageOf(record.dynamodb?.NewImage)).data));
        } catch (error) {
          return repeatFrom(record, error, Records, logger);
        }
      }
      return { batchItemFailures: [] };
    });
}

const Image = z.object({ data: z.unknown() });
