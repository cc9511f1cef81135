import { httpEntry } from '@shipline/lambda-kit';
import { apiEvent } from '@shipline/lambda-kit/http/api-event';
import { currentScope } from '@shipline/lambda-kit/scope';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { stripeNotices } from '../../src/adapters/stripe-notices.js';
import { paymentsApi } from '../../src/handlers/payments-api.js';
import { order, orderId, setup as services, task } from '../builders.js';

const SECRET = 'whsec_test';
const seconds = (offset = 0) => Math.floor(Date.now() / 1_000) + offset;

/** A captured payment whose reply was lost, and the API that is told of it. */
async function setup({ secrets = [SECRET] as (string | undefined)[] } = {}) {
  const service = services();
  await service.authorise(order);
  service.gateway.fail('capture', 'lost');
  await service.capture(task).catch(() => undefined);
  let read = 0;
  const secret = {
    read: async () => ({ apiKey: 'sk', webhookSecret: secrets[read] }),
    renew: async () => ++read < secrets.length,
  };
  const api = paymentsApi({ notices: stripeNotices(secret), receiveNotice: service.receiveNotice });
  const handler = httpEntry(api, { logger: recordingLogger() });
  const post = async (body: string, signature?: string, options: { isBase64Encoded?: boolean } = {}) => {
    const headers = { ...(signature !== undefined && { 'stripe-signature': signature }) };
    const sent = options.isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    const request = { method: 'POST', path: '/api/payments/webhook', headers, body: sent, ...options };
    const { statusCode, body: reply } = await handler(apiEvent(request), lambdaContext());
    return { status: statusCode, reply: JSON.parse(reply) };
  };
  return { ...service, post };
}

/** As Stripe prints it: the signature is over these very characters. */
const eventOf = (type = 'payment_intent.succeeded', object: object = { id: 'pi_1', metadata: { orderId } }) =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } }, null, 2);
const sign = (payload: string, secret = SECRET, timestamp = seconds()) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

describe('POST /api/payments/webhook', () => {
  it('takes what is signed, and asks the gateway what it means', async () => {
    const { post, kinds } = await setup();
    const body = eventOf();

    expect(await post(body, sign(body))).toEqual({ status: 200, reply: { received: true } });
    expect(await post(body, sign(body))).toEqual({ status: 200, reply: { received: true } });

    expect((await kinds()).filter((kind) => kind === 'captured')).toHaveLength(1);
  });

  it('is about the order that the notification names, for its trace and its log lines', async () => {
    const annotated: unknown[] = [];
    const secret = { read: async () => ({ apiKey: 'sk', webhookSecret: SECRET }), renew: async () => false };
    const receiveNotice = async () => {
      annotated.push({ ...currentScope()?.annotations });
      return 'known' as const;
    };
    const api = paymentsApi({ notices: stripeNotices(secret), receiveNotice });
    const body = eventOf();

    const headers = { 'stripe-signature': sign(body) };
    const request = { method: 'POST', path: '/api/payments/webhook', headers, body };
    await httpEntry(api, { logger: recordingLogger() })(apiEvent(request), lambdaContext());

    expect(annotated).toEqual([{ order_id: orderId }]);
  });

  it('takes a body that API Gateway has encoded', async () => {
    const { post, kinds } = await setup();
    const body = eventOf('payment_intent.succeeded', {
      id: 'pi_1',
      metadata: { orderId, note: 'Überzahlung' },
    });

    expect((await post(body, sign(body), { isBase64Encoded: true })).status).toBe(200);
    expect(await kinds()).toContain('captured');
  });

  it.each([
    ['no signature', () => undefined],
    ['a forged one', (body: string) => sign(body, 'whsec_other')],
    ['one of another body', () => sign('{}')],
    ['one that is too old', (body: string) => sign(body, SECRET, seconds(-301))],
    ['nonsense for one', () => 'v1=abc'],
  ])('refuses a request with %s, and changes nothing', async (_, signatureOf) => {
    const { post, kinds } = await setup();
    const body = eventOf();

    expect(await post(body, signatureOf(body))).toMatchObject({
      status: 400,
      reply: { code: 'INVALID_SIGNATURE' },
    });
    expect(await kinds()).not.toContain('captured');
  });

  it('believes nothing of a signed body but the id', async () => {
    const { post, kinds } = await setup();
    const body = eventOf('payment_intent.canceled', { id: 'pi_1', status: 'canceled', amount: 1 });

    expect((await post(body, sign(body))).status).toBe(200);
    expect(await kinds()).toContain('captured');
    expect(await kinds()).not.toContain('voided');
  });

  it('takes the secret that was made after ours was read', async () => {
    const { post } = await setup({ secrets: [undefined, SECRET] });
    const body = eventOf();

    expect((await post(body, sign(body))).status).toBe(200);
  });

  it.each([
    ['of a type that it does not follow', eventOf('payout.paid')],
    ['without an object', JSON.stringify({ id: 'evt_1', type: 'payment_intent.succeeded', data: {} })],
    ['that is no event', '[]'],
  ])('acknowledges what is signed %s', async (_, body) => {
    const { post } = await setup();

    expect((await post(body, sign(body))).status).toBe(200);
  });

  it('answers 503 while the gateway gives no answer, so that it is sent again', async () => {
    const { post, gateway } = await setup();
    gateway.fail('retrieve', 'never');
    const body = eventOf();

    expect(await post(body, sign(body))).toMatchObject({
      status: 503,
      reply: { code: 'GATEWAY_UNAVAILABLE' },
    });
    expect((await post(body, sign(body))).status).toBe(200);
  });

  it('fails itself where gateway and ledger contradict each other', async () => {
    const { post, ledger, gateway } = await setup();
    const [first] = await ledger.read(orderId);
    if (!first) throw new TypeError('no facts');
    ledger.seed(orderId, [first, { ...first, sequence: 2, kind: 'voided', intentId: 'pi_1' }]);
    expect(gateway.intents.get('pi_1')?.status).toBe('captured');
    const body = eventOf();

    await expect(post(body, sign(body))).rejects.toMatchObject({ name: 'LedgerContradiction' });
  });
});
