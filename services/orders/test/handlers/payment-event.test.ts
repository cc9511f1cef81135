import { paymentVoided } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { anEnvelope, lambdaContext, recordingLogger, sqsEvent } from '@shipline/testing';
import { expect, it } from 'vitest';
import { aboutAnOrder } from '../../src/handlers/payment-event.js';
import { anOrder, orderId } from '../builders.js';
import { setup } from '../shop.js';

/** A void is told to a shop that has these orders. */
async function told({ correlationid, placed = true }: { correlationid: string; placed?: boolean }) {
  const { orders, settlePayment } = setup();
  if (placed) await orders.add(anOrder());
  const settle = aboutAnOrder(({ orderId: id }: { orderId: typeof orderId }) => settlePayment.voided(id));
  const handler = consumerEntry(paymentVoided, settle, { logger: recordingLogger() });
  const data = { ...paymentVoided.example, orderId };
  const response = handler(sqsEvent(anEnvelope(paymentVoided, { data, correlationid })), lambdaContext());
  return { response, statusOf: async () => (await orders.findById(orderId))?.status };
}

it('takes the payment of a release check, which has no order, and does nothing', async () => {
  const { response, statusOf } = await told({ correlationid: 'synthetic-d-ABC123', placed: false });

  expect(await response).toEqual({ batchItemFailures: [] });
  expect(await statusOf()).toBeUndefined();
});

it('fails for any other payment without an order, so that it ends as a dead letter', async () => {
  const { response } = await told({ correlationid: 'correlation-1', placed: false });

  await expect(response).rejects.toMatchObject({ name: 'OrderMissing' });
});

it.each(['correlation-1', 'synthetic-as-a-customer-may-say'])(
  'handles the payment of a placed order under the correlation id %s',
  async (correlationid) => {
    const { response, statusOf } = await told({ correlationid });

    expect(await response).toEqual({ batchItemFailures: [] });
    expect(await statusOf()).toBe('refused');
  },
);
