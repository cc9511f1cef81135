import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Order } from '@shipline/contracts';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { mailsTo } from '../support/mails.js';
import { cards, orderRequest, place, settled } from '../support/orders.js';

// The queue's address names another host of this machine than the endpoint does.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
const eventBridge = new EventBridgeClient({});

let customer: Customer;
let order: Order;
beforeAll(async () => {
  customer = await newCustomer();
  order = await settled(
    customer,
    await place(customer, await orderRequest([{ sku: 'MUG-UPTIME', quantity: 2 }])),
  );
});

const queue = (name: string): string => {
  const url = outputs.queues[name];
  if (!url) throw new Error(`There is no queue ${name}.`);
  return url;
};

describe('a confirmed order', () => {
  it('sends one receipt to the address that the customer signed up with', async () => {
    await expect.poll(async () => (await mailsTo(customer.email)).length, { timeout: 30_000 }).toBe(1);

    const [mail] = await mailsTo(customer.email);
    expect(mail?.text).toContain(order.orderId);
    expect(mail?.text).toContain('Five nines mug');
  });

  it('sends no second one when its event comes again', async () => {
    const envelope = {
      specversion: '1.0',
      id: `ORDER#${order.orderId}#2`,
      source: 'shipline.orders',
      type: 'order.confirmed.v1',
      subject: order.orderId,
      time: new Date().toISOString(),
      correlationid: 'a-test-that-repeats-it',
      data: { orderId: order.orderId, customerId: customer.id, lines: order.lines, total: order.total },
    };
    await expect.poll(async () => (await mailsTo(customer.email)).length, { timeout: 30_000 }).toBe(1);
    const Entries = [
      {
        EventBusName: outputs.eventBusName,
        Source: envelope.source,
        DetailType: envelope.type,
        Detail: JSON.stringify(envelope),
      },
    ];
    await eventBridge.send(new PutEventsCommand({ Entries }));
    const refused = await place(
      customer,
      await orderRequest([{ sku: 'MUG-UPTIME', quantity: 1 }], cards.declined),
    );
    await settled(customer, refused);

    // The notice of the refusal comes later than the repeated event: once it is there, that one was seen.
    await expect.poll(async () => (await mailsTo(customer.email)).length, { timeout: 30_000 }).toBe(2);
    const receipts = (await mailsTo(customer.email)).filter(({ text }) => text.includes(order.orderId));
    expect(receipts).toHaveLength(1);
  });
});

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
    const body = JSON.stringify({ detail: { nonsense: true, marker: order.orderId } });
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
