import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { type Envelope, type EventDefinition, envelopeOf } from '@shipline/contracts/events';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { correlationIdOr } from './correlation-id.js';
import { type EntryOptions, type InvocationContext, invocations } from './invocation.js';
import { parsedJson } from './json.js';
import { annotateOrder, inScope } from './scope.js';
import { traced } from './tracing.js';
import { summaryOf, useValidationMessages } from './validation-messages.js';

/** A message that is not the event that its queue is for. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

export type ConsumerHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A function that handles one event from its queue (bus -> rule -> SQS). Messages that fail are reported one by
 * one, so that the others are not repeated; SQS moves them to the dead-letter queue after its retries. `run`
 * must be idempotent: the same envelope can come again.
 *
 * @throws (when called) where every message of the batch failed by a fault, so that `Errors` counts it.
 * @example export const handler = consumerEntry(orderConfirmed, async ({ data }) => emptyCart(data));
 */
export function consumerEntry<T>(
  definition: EventDefinition<T>,
  run: (envelope: Envelope<T>, context: InvocationContext) => Promise<unknown>,
  options: EntryOptions = {},
): ConsumerHandler {
  useValidationMessages();
  const invoke = invocations(options);
  const read = reader(definition);
  return (event, lambda) =>
    invoke({ kind: 'batch', correlationId: lambda.awsRequestId, lambda }, async (context, summary) => {
      const faults: unknown[] = [];
      const orders = new Set<string>();
      const handle = async (record: SQSRecord) => {
        let order: { order_id?: string } = {};
        try {
          const envelope = read(record);
          order = { order_id: envelope.subject };
          orders.add(envelope.subject);
          await handling(envelope, context, run);
        } catch (error) {
          if (!(error instanceof UnreadableMessage)) faults.push(error);
          const { messageId } = record;
          context.logger.error('message failed', { messageId, ...order, error: error as Error });
          throw error;
        }
      };
      const processor = new BatchProcessor(EventType.SQS);
      const response = await processPartialResponse(event, handle, processor, {
        throwOnFullBatchFailure: false,
      });
      summary['event'] = definition.type;
      summary['messages'] = event.Records.length;
      summary['failed'] = response.batchItemFailures.length;
      if (orders.size > 0) summary['order_ids'] = [...orders].join(' ');
      if (faults.length > 0 && faults.length === event.Records.length) throw faults[0];
      return response as SQSBatchResponse;
    });
}

function handling<T>(
  envelope: Envelope<T>,
  context: InvocationContext,
  run: (envelope: Envelope<T>, context: InvocationContext) => Promise<unknown>,
): Promise<unknown> {
  const correlationId = correlationIdOr(envelope.correlationid, context.correlationId);
  const remainingMs = () => context.lambda.getRemainingTimeInMillis();
  // A subsegment per message: the messages of a batch are about several orders.
  return traced('## message', (annotateTrace) =>
    inScope({ correlationId, annotations: { event_id: envelope.id }, annotateTrace, remainingMs }, () => {
      annotateOrder(envelope.subject);
      return run(envelope, { ...context, correlationId });
    }),
  );
}

/** @returns the envelope inside the EventBridge event inside the SQS message. */
function reader<T>(definition: EventDefinition<T>): (record: SQSRecord) => Envelope<T> {
  const delivered = z.object({ 'detail-type': z.literal(definition.type), detail: envelopeOf(definition) });
  return ({ body }) => {
    const message = parsedJson(body);
    if (message === undefined) throw new UnreadableMessage('The body is not JSON');
    const parsed = z.safeParse(delivered, message);
    if (parsed.success) return parsed.data.detail;
    throw new UnreadableMessage(`Not a ${definition.type}: ${summaryOf(parsed.error)}`);
  };
}
