import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Order } from '@shipline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { mailsTo } from '../support/mails.js';
import { cards, orderRequest, place, settled } from '../support/orders.js';

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
