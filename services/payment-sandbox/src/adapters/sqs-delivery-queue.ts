import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeliveryQueue } from '../ports/webhooks.js';

/** SQS takes ten at a time. */
const BATCH = 10;

export const sqsDeliveryQueue = (client: Pick<SQSClient, 'send'>, QueueUrl: string): DeliveryQueue => ({
  async add(deliveries) {
    for (let start = 0; start < deliveries.length; start += BATCH) {
      const Entries = deliveries
        .slice(start, start + BATCH)
        .map((delivery, index) => ({ Id: String(index), MessageBody: JSON.stringify(delivery) }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} deliveries: ${Failed[0]?.Code}`);
    }
  },
});

/** Lets a message that is being handled come again after `seconds`, instead of the queue's own time-out. */
export type RetryIn = (receiptHandle: string, seconds: number) => Promise<void>;

export const sqsRetryIn =
  (client: Pick<SQSClient, 'send'>, QueueUrl: string): RetryIn =>
  async (ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
