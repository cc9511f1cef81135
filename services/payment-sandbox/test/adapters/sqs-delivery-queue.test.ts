import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { sqsDeliveryQueue, sqsRetryIn } from '../../src/adapters/sqs-delivery-queue.js';

const deliveries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ eventId: 'evt_1', endpointId: `we_${index}` }));

function setup(reply: object = {}) {
  const inputs: { Entries?: { MessageBody: string }[] }[] = [];
  const client = {
    send: async ({ input }: { input: (typeof inputs)[number] }) => {
      inputs.push(input);
      return reply;
    },
  } as unknown as SQSClient;
  return { client, inputs };
}

describe('the queue of deliveries', () => {
  it('takes ten at a time, in order', async () => {
    const { client, inputs } = setup();

    await sqsDeliveryQueue(client, 'https://queue').add(deliveries(16));

    expect(inputs.map(({ Entries }) => Entries?.length)).toEqual([10, 6]);
    expect(
      inputs.flatMap(({ Entries = [] }) => Entries.map((entry) => JSON.parse(entry.MessageBody))),
    ).toEqual(deliveries(16));
  });

  it('fails where SQS refuses a part', async () => {
    const { client } = setup({ Failed: [{ Id: '0', Code: 'InternalError' }] });

    await expect(sqsDeliveryQueue(client, 'https://queue').add(deliveries(1))).rejects.toThrow(
      'InternalError',
    );
  });

  it('shows a message again when it is told', async () => {
    const { client, inputs } = setup();

    await sqsRetryIn(client, 'https://queue')('receipt', 4);

    expect(inputs).toEqual([{ QueueUrl: 'https://queue', ReceiptHandle: 'receipt', VisibilityTimeout: 4 }]);
  });
});
