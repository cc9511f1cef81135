import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { headerOf, inProcessGateway } from '../in-process-gateway.js';

const order = {
  amount: 4200,
  currency: 'usd',
  capture_method: 'manual',
  payment_method: 'pm_card_visa',
} as const satisfies Stripe.PaymentIntentCreateParams;
const errorOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: Stripe.errors.StripeError) => error,
  );
const authorised = async (stripe: Stripe, metadata: Stripe.MetadataParam = {}) =>
  stripe.paymentIntents.create({ ...order, confirm: true, metadata });

describe('a fault that is switched on', () => {
  it('loses a reply: the capture is done, the client sees a time-out, the same key gets the reply', async () => {
    const { stripe, fault, waits } = inProcessGateway();
    const { id } = await authorised(stripe);
    await fault({ operation: 'capture', kind: 'lost' });

    const lost = await stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' });
    const again = await stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' });

    // What API Gateway answers has no `error`, which the SDK takes for success: read its status.
    expect(lost).toEqual({ message: 'Endpoint request timed out' });
    expect(lost.lastResponse.statusCode).toBe(504);
    expect(waits).toEqual([10_000]);
    expect(again).toMatchObject({ id, status: 'succeeded' });
  });

  it('makes a reply slow', async () => {
    const { stripe, fault, waits } = inProcessGateway();
    await fault({ operation: 'create', kind: 'slow', delay_ms: '1500' });

    const intent = await stripe.paymentIntents.create(order);

    expect(intent.status).toBe('requires_confirmation');
    expect(waits).toEqual([1500]);
  });

  it('answers a 500 that the key repeats, and does nothing; another key does it', async () => {
    const { stripe, fault, store } = inProcessGateway();
    await fault({ operation: 'create', kind: 'error' });
    const create = (idempotencyKey: string) => stripe.paymentIntents.create(order, { idempotencyKey });

    const errors = [await errorOf(create('n1')), await errorOf(create('n1'))];
    const events = store.events.length;
    const created = await create('n2');

    expect(errors.map((error) => [error?.type, error?.statusCode])).toEqual([
      ['StripeAPIError', 500],
      ['StripeAPIError', 500],
    ]);
    expect(errors[1]?.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(events).toBe(0);
    expect(created.status).toBe('requires_confirmation');
  });

  it('lets a request arrive twice: without a key it is done twice', async () => {
    const { stripe, call, fault } = inProcessGateway();
    await fault({ operation: 'create', kind: 'duplicate' });

    // The SDK makes a key up where it is given none.
    const { body } = await call({
      method: 'POST',
      path: '/payment_intents',
      form: { amount: '99', currency: 'usd' },
    });

    const { data } = await stripe.paymentIntents.list();
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject(body as object);
  });

  it('lets a request arrive twice: with a key the second reply is a repeated one', async () => {
    const { stripe, fault } = inProcessGateway();
    await fault({ operation: 'create', kind: 'duplicate' });

    const intent = await stripe.paymentIntents.create(order, { idempotencyKey: 'k' });

    expect(headerOf(intent, 'idempotent-replayed')).toBe('true');
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it.each(['retrieve', 'list'] as const)('strikes a %s as often as it is told', async (operation) => {
    const { stripe, fault } = inProcessGateway();
    const { id } = await authorised(stripe);
    await fault({ operation, kind: 'error', times: '2' });
    const look = () =>
      operation === 'retrieve' ? stripe.paymentIntents.retrieve(id) : stripe.paymentIntents.list();

    const seen = [await errorOf(look()), await errorOf(look()), await errorOf(look())];

    expect(seen.map((error) => error?.statusCode)).toEqual([500, 500, undefined]);
  });

  it('strikes the payment method and the metadata that it is meant for, and no other', async () => {
    const { stripe, fault } = inProcessGateway();
    await fault({
      operation: 'create',
      kind: 'error',
      'match[payment_method]': 'pm_card_visa',
      'match[metadata][orderId]': 'ord_2',
    });
    const create = (orderId: string, payment_method: string) =>
      errorOf(stripe.paymentIntents.create({ ...order, payment_method, metadata: { orderId } }));

    expect(await create('ord_1', 'pm_card_visa')).toBeUndefined();
    expect(await create('ord_2', 'pm_card_mastercard')).toBeUndefined();
    expect(await create('ord_2', 'pm_card_visa')).toMatchObject({ statusCode: 500 });
  });

  it('is switched on by the metadata of one payment, and strikes it once', async () => {
    const { stripe, waits } = inProcessGateway();
    const metadata = { sandbox_fault: 'capture:lost, cancel:error' };
    const [one, two] = [await authorised(stripe, metadata), await authorised(stripe, metadata)];

    const lost = await stripe.paymentIntents.capture(one.id);
    const broken = await errorOf(stripe.paymentIntents.cancel(two.id));
    const cancelled = await stripe.paymentIntents.cancel(two.id);

    expect(lost.lastResponse.statusCode).toBe(504);
    expect(waits).toEqual([10_000]);
    expect(await stripe.paymentIntents.retrieve(one.id)).toMatchObject({ status: 'succeeded' });
    expect(broken).toMatchObject({ statusCode: 500 });
    expect(cancelled.status).toBe('canceled');
  });

  it('strikes a creation once, whatever key it has the next time', async () => {
    const { stripe } = inProcessGateway();
    const params = { ...order, metadata: { orderId: 'ord_1', sandbox_fault: 'create:error' } };

    const first = await errorOf(stripe.paymentIntents.create(params, { idempotencyKey: 'n1' }));
    const second = await stripe.paymentIntents.create(params, { idempotencyKey: 'n2' });

    expect(first).toMatchObject({ statusCode: 500 });
    expect(second.status).toBe('requires_confirmation');
  });

  it('strikes once a request that has to begin again because of another writer', async () => {
    const { stripe, store, fault, waits } = inProcessGateway();
    const { id } = await authorised(stripe);
    await fault({ operation: 'capture', kind: 'slow' });
    store.beforeCommit = () => stripe.paymentIntents.update(id, { description: 'x' });

    const captured = await stripe.paymentIntents.capture(id);

    expect(captured).toMatchObject({ status: 'succeeded', description: 'x' });
    expect(waits).toEqual([3_000]);
  });

  it('is shown, and cleared', async () => {
    const { stripe, fault, call } = inProcessGateway();
    await fault({ operation: 'create', kind: 'error', times: '5' });

    const shown = await call({ path: '/test_helpers/faults' });
    await call({ method: 'DELETE', path: '/test_helpers/faults' });

    expect(shown.body).toMatchObject({ data: [{ operation: 'create', kind: 'error', times: 5 }] });
    expect(await errorOf(stripe.paymentIntents.create(order))).toBeUndefined();
  });

  it.each([
    [{ operation: 'capture', kind: 'fail' }, 'kind'],
    [{ operation: 'list', kind: 'duplicate' }, 'kind'],
    [{ operation: 'pay', kind: 'lost' }, 'operation'],
    [{ operation: 'create', kind: 'lost', times: '0' }, 'times'],
    [{ operation: 'create', kind: 'slow', delay_ms: '60000' }, 'delay_ms'],
  ])('is refused as %o', async (form, param) => {
    const { fault } = inProcessGateway();

    expect(await fault(form)).toMatchObject({ status: 400, body: { error: { param } } });
  });

  it('needs the secret key', async () => {
    const { call } = inProcessGateway();
    const request = {
      method: 'POST',
      path: '/test_helpers/faults',
      form: { operation: 'create', kind: 'error' },
    };

    expect((await call({ ...request, key: 'pk_test_1' })).status).toBe(403);
    expect((await call({ ...request, key: 'sk_test_wrong' })).status).toBe(401);
  });
});
