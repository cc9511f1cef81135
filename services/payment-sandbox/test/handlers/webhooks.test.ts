import { lambdaContext, recordingLogger, sqsEvent, streamEvent } from '@shipline/testing';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eventItem } from '../../src/adapters/stored-items.js';
import { StoredEvent } from '../../src/adapters/stored-schemas.js';
import { makeDeliverWebhook } from '../../src/application/deliver-webhook.js';
import { makeQueueWebhooks } from '../../src/application/queue-webhooks.js';
import { backoff, deliveryEntry } from '../../src/handlers/delivery-entry.js';
import { eventView } from '../../src/handlers/event-view.js';
import { streamEntry } from '../../src/handlers/stream-entry.js';
import { type Delivery, DeliveryFailed } from '../../src/ports/webhooks.js';
import { anEndpoint, anEvent } from '../builders.js';
import { inProcessGateway } from '../in-process-gateway.js';

const url = 'http://localhost:4567/api/payments/webhook';

/** The functions behind the API, one after the other, as stream and queue would call them. */
function setup({ failing = 0, broken = false } = {}) {
  const gateway = inProcessGateway();
  const queued: Delivery[] = [];
  const sent: { url: string; secret: string; body: string }[] = [];
  const retries: number[] = [];
  const logger = recordingLogger();
  const queueWebhooks = streamEntry(
    StoredEvent,
    makeQueueWebhooks({
      store: gateway.store,
      queue: {
        add: async (deliveries) => {
          if (broken && queued.length > 0) throw new Error('no queue');
          queued.push(...deliveries);
        },
      },
    }),
    { logger },
  );
  let left = failing;
  const deliver = deliveryEntry(
    makeDeliverWebhook({
      store: gateway.store,
      sender: {
        send: async (webhook) => {
          if (left-- > 0) throw new DeliveryFailed('localhost:4567 answered 500');
          sent.push(webhook);
        },
      },
      render: (event) => JSON.stringify(eventView(event)),
    }),
    async (_, seconds) => {
      retries.push(seconds);
    },
    { logger },
  );
  const stream = () =>
    queueWebhooks(
      streamEvent(...gateway.store.events.map((event) => ({ newImage: eventItem(event) }))),
      lambdaContext(),
    );
  const poll = (delivery: Delivery | undefined, attempt = 1) => {
    const event = sqsEvent(JSON.stringify(delivery)) as SQSEvent;
    for (const record of event.Records) record.attributes.ApproximateReceiveCount = String(attempt);
    return deliver(event, lambdaContext());
  };
  return { ...gateway, queued, sent, retries, stream, poll };
}

const endpoint = { url, enabled_events: ['payment_intent.succeeded'] } as const;
const pay = { amount: 4200, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };

describe('a webhook', () => {
  it('brings each endpoint the events that it asked for, signed with its own secret', async () => {
    const { stripe, queued, sent, stream, poll } = setup();
    const { id, secret } = await stripe.webhookEndpoints.create({
      ...endpoint,
      enabled_events: [...endpoint.enabled_events],
    });
    const intent = await stripe.paymentIntents.create(pay, { idempotencyKey: 'k1' });

    const streamed = await stream();
    const delivered = await poll(queued[0]);

    expect([streamed.batchItemFailures, delivered.batchItemFailures]).toEqual([[], []]);
    expect(queued).toEqual([{ eventId: expect.stringMatching(/^evt_/), endpointId: id }]);
    expect(sent).toMatchObject([{ url, secret }]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      object: 'event',
      type: 'payment_intent.succeeded',
      livemode: false,
      data: { object: { id: intent.id, object: 'payment_intent', status: 'succeeded' } },
      request: { id: expect.stringMatching(/^req_/), idempotency_key: 'k1' },
    });
  });

  it('comes again later where the endpoint does not take it, and the function does not fail', async () => {
    const { stripe, queued, sent, retries, stream, poll } = setup({ failing: 2 });
    await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await stripe.paymentIntents.create({ ...pay, confirm: false });
    await stream();

    const attempts = [await poll(queued[0], 1), await poll(queued[0], 2), await poll(queued[0], 3)];

    expect(attempts.map(({ batchItemFailures }) => batchItemFailures.length)).toEqual([1, 1, 0]);
    expect(retries).toEqual([1, 2]);
    expect(sent).toHaveLength(1);
  });

  it('is dropped where its endpoint has been deleted', async () => {
    const { stripe, queued, sent, stream, poll } = setup();
    const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await stripe.paymentIntents.create(pay);
    await stream();
    await stripe.webhookEndpoints.del(id);

    expect(await poll(queued[0])).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([]);
  });

  it('waits for the stream to repeat where the queue does not take it', async () => {
    const { stripe, stream } = setup({ broken: true });
    await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await stripe.paymentIntents.create(pay);

    expect(await stream()).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
  });

  it('waits longer with every attempt, up to a quarter of an hour', () => {
    expect([1, 2, 3, 10, 12].map(backoff)).toEqual([1, 2, 4, 512, 900]);
  });

  it('carries a charge or a refund as Stripe does', () => {
    const { snapshot } = anEvent();
    const charge = eventView({
      ...anEvent(),
      type: 'charge.refunded',
      snapshot: { ...snapshot, kind: 'charge' } as typeof snapshot,
    });

    expect(charge.data.object).toMatchObject({ object: 'charge', payment_intent: 'pi_1', captured: true });
  });
});

describe('a webhook endpoint', () => {
  it('tells its secret when it is made, and never again', async () => {
    const { stripe } = inProcessGateway();

    const created = await stripe.webhookEndpoints.create({
      url,
      enabled_events: ['*'],
      metadata: { by: 'deploy' },
    });
    const [listed] = (await stripe.webhookEndpoints.list()).data;

    expect(created.secret).toBe('whsec_test');
    expect(listed).toMatchObject({ id: created.id, url, status: 'enabled', metadata: { by: 'deploy' } });
    expect(listed?.secret).toBeUndefined();
  });

  it('is refused at an address that nothing may be sent to', async () => {
    const { stripe } = inProcessGateway();

    await expect(
      stripe.webhookEndpoints.create({ url: 'http://169.254.169.254/', enabled_events: ['*'] }),
    ).rejects.toMatchObject({ statusCode: 400, code: 'url_invalid', param: 'url' });
  });

  it('is one of sixteen at most', async () => {
    const { stripe, store } = inProcessGateway();
    const writes = Array.from({ length: 16 }, (_, n) => ({
      kind: 'endpoint' as const,
      value: anEndpoint(`we_${n}`),
    }));
    await store.commit({ writes, events: [] });

    await expect(stripe.webhookEndpoints.create({ url, enabled_events: ['*'] })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect((await stripe.webhookEndpoints.list({ limit: 10 })).has_more).toBe(true);
  });

  it('is deleted once', async () => {
    const { stripe } = inProcessGateway();
    const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });

    expect(await stripe.webhookEndpoints.del(id)).toMatchObject({ id, deleted: true });
    await expect(stripe.webhookEndpoints.del(id)).rejects.toMatchObject({ code: 'resource_missing' });
  });
});
