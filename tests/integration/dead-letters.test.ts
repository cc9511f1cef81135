import { randomUUID } from 'node:crypto';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outputs } from '../support/environment.js';

// The queue's address names another host of this machine than the endpoint does.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

const queue = (name: string): string => {
  const url = outputs.queues[name];
  if (!url) throw new Error(`There is no queue ${name}.`);
  return url;
};

/** Lets a failed message come back after a second instead of minutes; puts the setting back after the test. */
async function retryAtOnce(name: string): Promise<void> {
  const QueueUrl = queue(name);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
  );
  const set = (VisibilityTimeout: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
  await set('1');
  onTestFinished(async () => {
    await set(Attributes?.['VisibilityTimeout'] ?? '120');
  });
}

describe('a message that no consumer understands', () => {
  it('ends in the dead-letter queue, and the ones after it are handled', async () => {
    await retryAtOnce('notifications-on-order-confirmed');
    const body = JSON.stringify({ detail: { nonsense: true, marker: randomUUID() } });
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queue('notifications-on-order-confirmed'), MessageBody: body }),
    );

    await expect
      .poll(
        async () => {
          const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({
              QueueUrl: queue('notifications-on-order-confirmed-dead-letters'),
              MaxNumberOfMessages: 10,
              VisibilityTimeout: 1,
            }),
          );
          return Messages.map(({ Body }) => Body);
        },
        { timeout: 60_000, interval: 500 },
      )
      .toContain(body);
  });
});
