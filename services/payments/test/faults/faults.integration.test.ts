import type { OrderId } from '@shipline/contracts';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbLedger } from '../../src/adapters/dynamodb-ledger.js';
import { stripeClient } from '../../src/adapters/stripe-clients.js';
import { StripeGateway } from '../../src/adapters/stripe-gateway.js';
import { deployedGateway } from '../adapters/deployed-gateway.js';
import { order as anOrder, orderIdOf, refundIdOf, setup, total } from '../builders.js';

/** Shorter than what a lost reply takes, so that the tests need not wait as long as a task does. */
const PATIENCE_MS = 3_000;
const LOST_MS = 4_500;
const unknown = { name: 'PaymentUnknown' };

let table: TemporaryTable;
let stripe: Stripe;
let gateway: StripeGateway;
let lastOrder = Date.now();

beforeAll(async () => {
  table = await temporaryTable('payments', { key: ['pk', 'sk'] });
  const deployed = await deployedGateway();
  stripe = deployed.stripe;
  const impatient = stripeClient(deployed.apiKey, deployed.gatewayUrl, PATIENCE_MS);
  gateway = new StripeGateway({ current: async () => impatient, renewed: async () => undefined });
});
afterAll(() => table.drop());

/** A checkout of its own on DynamoDB and the deployed sandbox, and the sandbox's switches for it. */
function checkout() {
  const number = ++lastOrder;
  const orderId = orderIdOf(number);
  const order = { ...anOrder, orderId };
  const ledger = new DynamoDbLedger(table.documents, table.tableName);
  const service = setup(() => ({ ledger, gateway }));
  return {
    ...service,
    order,
    authorise: () => service.authorise(order),
    capture: () => service.capture(order),
    voidPayment: () => service.voidPayment(order),
    refund: async () => {
      await service.requestRefund({ ...order, requestId: String(number) });
      await service.settleRefund({ ...order, refundId: refundIdOf(number) });
    },
    breaks: (operation: string, kind: string) =>
      stripe.rawRequest('POST', '/v1/test_helpers/faults', {
        operation,
        kind,
        match: { metadata: { orderId } },
        ...(kind === 'lost' && { delay_ms: LOST_MS }),
      }),
    kinds: async () => (await ledger.read(orderId)).map(({ kind }) => kind),
    intents: () => intentsOf(orderId),
  };
}

/** The newest of the sandbox's intents that are this order's. */
async function intentsOf(orderId: OrderId) {
  const { data } = await stripe.paymentIntents.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata['orderId'] === orderId);
}

describe('on the wire, a reply that is lost', () => {
  it('after create leads to the same intent', async () => {
    const { authorise, breaks, intents } = checkout();
    await breaks('create', 'lost');

    await expect(authorise()).rejects.toMatchObject(unknown);
    expect(await authorise()).toHaveProperty('authorised');
    expect(await intents()).toMatchObject([{ status: 'requires_capture' }]);
  });

  it('after confirm is looked up', async () => {
    const { authorise, breaks, kinds } = checkout();
    await breaks('confirm', 'lost');

    await expect(authorise()).rejects.toMatchObject(unknown);
    expect(await authorise()).toHaveProperty('authorised');
    expect(await kinds()).toEqual(['opened', 'unknown', 'authorised']);
  });

  it('after capture is looked up', async () => {
    const { authorise, capture, breaks, kinds } = checkout();
    await authorise();
    await breaks('capture', 'lost');

    await expect(capture()).rejects.toMatchObject(unknown);
    expect(await capture()).toEqual({ captured: { amount: total } });
    expect(await kinds()).toEqual(['opened', 'authorised', 'unknown', 'captured']);
  });

  it('after cancel is looked up', async () => {
    const { authorise, voidPayment, breaks, intents } = checkout();
    await authorise();
    await breaks('cancel', 'lost');

    await expect(voidPayment()).rejects.toMatchObject(unknown);
    expect(await voidPayment()).toEqual({ voided: {} });
    expect(await intents()).toMatchObject([{ status: 'canceled' }]);
  });

  it('after refund leads to the same refund', async () => {
    const { authorise, capture, refund, breaks, intents, kinds } = checkout();
    await authorise();
    await capture();
    await breaks('refund', 'lost');

    await expect(refund()).rejects.toMatchObject(unknown);
    await refund();
    const [intent] = await intents();
    expect((await stripe.refunds.list({ payment_intent: intent?.id ?? '' })).data).toHaveLength(1);
    expect((await kinds()).slice(3)).toEqual(['refund-requested', 'unknown', 'refunded']);
  });
});

describe('on the wire, a 500 that is kept', () => {
  it('for create is left behind by the next key', async () => {
    const { authorise, breaks, intents } = checkout();
    await breaks('create', 'error');

    await expect(authorise()).rejects.toMatchObject(unknown);
    expect(await authorise()).toHaveProperty('authorised');
    expect(await intents()).toMatchObject([{ status: 'requires_capture' }]);
  });

  it('for confirm ends in a void', async () => {
    const { authorise, voidPayment, breaks, intents } = checkout();
    await breaks('confirm', 'error');

    for (let attempt = 0; attempt < 2; attempt += 1) await expect(authorise()).rejects.toMatchObject(unknown);
    expect(await voidPayment()).toEqual({ voided: { reason: 'payment_unknown' } });
    expect(await intents()).toMatchObject([{ status: 'canceled' }]);
  });

  it('for capture does not stop the next capture', async () => {
    const { authorise, capture, breaks } = checkout();
    await authorise();
    await breaks('capture', 'error');

    await expect(capture()).rejects.toMatchObject(unknown);
    expect(await capture()).toEqual({ captured: { amount: total } });
  });

  it('for refund is left behind by another key, once it is sure that nothing was paid', async () => {
    const { authorise, capture, refund, breaks, intents } = checkout();
    await authorise();
    await capture();
    await breaks('refund', 'error');

    await expect(refund()).rejects.toMatchObject(unknown);
    await refund();
    const [intent] = await intents();
    expect((await stripe.refunds.list({ payment_intent: intent?.id ?? '' })).data).toHaveLength(1);
  });
});

describe('on the wire, a request that arrives twice', () => {
  it.each(['create', 'confirm', 'capture'])('does its work once: %s', async (operation) => {
    const { authorise, capture, breaks, intents } = checkout();
    await breaks(operation, 'duplicate');

    expect(await authorise()).toHaveProperty('authorised');
    expect(await capture()).toEqual({ captured: { amount: total } });
    const captured = (await intents()).filter(({ status }) => status === 'succeeded');
    expect(captured).toMatchObject([{ amount_received: total.amount }]);
  });
});

it('two executions at once authorise and capture once', async () => {
  const { authorise, capture, intents, kinds } = checkout();
  const patiently = async <T>(run: () => Promise<T>): Promise<T> => {
    for (;;) {
      const [outcome] = await Promise.allSettled([run()]);
      if (outcome.status === 'fulfilled') return outcome.value;
      if ((outcome.reason as Error).name !== 'PaymentUnknown') throw outcome.reason;
    }
  };

  await Promise.all([1, 2, 3].map(() => patiently(authorise).then(() => patiently(capture))));

  expect((await intents()).map(({ status }) => status)).toEqual(['succeeded']);
  expect((await kinds()).filter((kind) => kind === 'captured')).toHaveLength(1);
});
