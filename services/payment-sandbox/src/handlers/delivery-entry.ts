import { type EntryOptions, invocations } from '@shipline/lambda-kit/invocation';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { DeliverWebhook } from '../application/deliver-webhook.js';
import { DeliveryFailed } from '../ports/webhooks.js';

const Delivery = z.object({ eventId: z.string(), endpointId: z.string() });

/** Longest wait between two attempts, seconds. */
const MAX_WAIT = 900;

/** 1, 2, 4, … seconds after the first, second, third, … failed attempt. */
export const backoff = (attempt: number): number => Math.min(2 ** (attempt - 1), MAX_WAIT);

type Retry = (receiptHandle: string, seconds: number) => Promise<void>;

/**
 * The function behind the deliveries' queue. An endpoint that does not take its event is the merchant's trouble:
 * it is tried again later, and the function does not fail. After the last attempt SQS keeps the message aside.
 */
export function deliveryEntry(deliver: DeliverWebhook, retryIn: Retry, options: EntryOptions = {}) {
  const invoke = invocations(options);
  return ({ Records }: SQSEvent, lambda: Context): Promise<SQSBatchResponse> =>
    invoke({ kind: 'batch', correlationId: lambda.awsRequestId, lambda }, async ({ logger }, summary) => {
      const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
      for (const record of Records) {
        const delivery = z.parse(Delivery, JSON.parse(record.body));
        try {
          summary['outcome'] = await deliver(delivery);
        } catch (error) {
          if (!(error instanceof DeliveryFailed)) throw error;
          logger.warn('webhook not taken', {
            ...delivery,
            attempt: attemptOf(record),
            reason: error.message,
          });
          await retryIn(record.receiptHandle, backoff(attemptOf(record)));
          batchItemFailures.push({ itemIdentifier: record.messageId });
        }
      }
      return { batchItemFailures };
    });
}

const attemptOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);
