import { endpoints } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { api, key, refused } from '../api.js';
import { aRequest, usd } from '../builders.js';

describe('POST /api/orders', () => {
  it('answers 202 with where to follow the order', async () => {
    const { post } = api();

    const { statusCode, headers, body } = await post(aRequest());

    expect(statusCode).toBe(202);
    const { orderId: id, status, url } = endpoints.placeOrder.reply.parse(body);
    expect(status).toBe('placed');
    expect(url).toBe(`/api/orders/${id}`);
    expect(headers['location']).toBe(url);
  });

  it('answers the same when it is repeated', async () => {
    const { post, orders } = api();

    expect((await post(aRequest())).body).toEqual((await post(aRequest())).body);
    expect(orders.writes).toHaveLength(1);
  });

  it.each([
    ['none', {}],
    ['an empty one', { 'idempotency-key': '' }],
    ['a short one', { 'idempotency-key': 'short' }],
    ['an over-long one', { 'idempotency-key': 'k'.repeat(129) }],
    ['a strange one', { 'idempotency-key': 'key with spaces and more' }],
  ])('wants an Idempotency-Key: %s is refused', async (_, headers) => {
    const { post, orders } = api();

    expect(await post(aRequest(), headers as Record<string, string>)).toMatchObject(
      refused(400, 'IDEMPOTENCY_KEY_REQUIRED'),
    );
    expect(orders.writes).toEqual([]);
  });

  it('is refused when the body is no JSON', async () => {
    expect(await api().post('{"lines":')).toMatchObject(refused(400, 'MALFORMED_JSON'));
  });

  const line = { sku: 'MUG-CANARY', quantity: 1 };
  const address = aRequest().shippingAddress;
  it.each([
    ['nothing', undefined],
    ['no object', []],
    ['no lines', { ...aRequest(), lines: [] }],
    ['too many lines', { ...aRequest(), lines: Array(21).fill(line) }],
    ['a quantity of nought', { ...aRequest(), lines: [{ ...line, quantity: 0 }] }],
    ['a negative quantity', { ...aRequest(), lines: [{ ...line, quantity: -1 }] }],
    ['half a unit', { ...aRequest(), lines: [{ ...line, quantity: 0.5 }] }],
    ['an absurd quantity', { ...aRequest(), lines: [{ ...line, quantity: 1e300 }] }],
    ['a quantity in words', { ...aRequest(), lines: [{ ...line, quantity: '1' }] }],
    ['a price of its own', { ...aRequest(), lines: [{ ...line, unitPrice: usd(1) }] }],
    ['a total of its own', { ...aRequest(), total: usd(1) }],
    ['a negative total', { ...aRequest(), expectedTotal: usd(-1) }],
    ['an absurd total', { ...aRequest(), expectedTotal: usd(1e15) }],
    ['another customer', { ...aRequest(), customerId: 'somebody-else' }],
    ['an over-long SKU', { ...aRequest(), lines: [{ ...line, sku: 'M'.repeat(41) }] }],
    ['an over-long name', { ...aRequest(), shippingAddress: { ...address, name: 'x'.repeat(101) } }],
    ['a blank name', { ...aRequest(), shippingAddress: { ...address, name: '   ' } }],
    ['no address', { ...aRequest(), shippingAddress: undefined }],
    ['a payment method that is none', { ...aRequest(), paymentMethodId: 'visa' }],
    ['a negative cart version', { ...aRequest(), cartVersion: -1 }],
  ])('is refused with %s, and changes nothing', async (_, body) => {
    const { post, orders, reservations } = api();

    expect(await post(body)).toMatchObject(refused(422, 'INVALID_REQUEST'));
    expect(orders.writes).toEqual([]);
    expect(reservations.held.size).toBe(0);
  });

  it('is refused when it is too large', async () => {
    expect(await api().post(`{"x":"${'x'.repeat(70_000)}"}`)).toMatchObject(refused(413, 'BODY_TOO_LARGE'));
  });

  it.each([
    ['as the payment method', { ...aRequest(), paymentMethodId: 'pm_4242424242424242' }],
    ['in the address', { ...aRequest(), shippingAddress: { ...address, line2: '4242 4242 4242 4242' } }],
    ['in a field that nobody knows', { ...aRequest(), card: { number: '4242-4242-4242-4242' } }],
    ['as a number', '{"card":6304000000000000000}'],
    ['in escapes', '{"card":"\\u0034242424242424242"}'],
    ['in what is no JSON', '{"card":"4242424242424242"'],
  ])('refuses a card number %s, and repeats it nowhere', async (_, body) => {
    const { post, orders, logger } = api();

    const answer = await post(body);

    expect(answer).toMatchObject(refused(422, 'CARD_NUMBER_REFUSED'));
    expect(JSON.stringify([answer, logger.lines]).replace(/\D/g, '')).not.toMatch(
      /4242424242424242|6304000000/,
    );
    expect(orders.writes).toEqual([]);
  });

  it('refuses a card number in a body that is sent as base64', async () => {
    const body = btoa(JSON.stringify({ ...aRequest(), card: '4242424242424242' }));

    expect(
      await api().call({ method: 'POST', path: '/api/orders', body, headers: key, isBase64Encoded: true }),
    ).toMatchObject(refused(422, 'CARD_NUMBER_REFUSED'));
  });

  it('gives every refusal of the use case its status', async () => {
    const { post, reservations, quotes } = api();
    const lines = [1, 2].map(() => ({ sku: 'MUG-CANARY', quantity: 99 }));
    const asked = (over = {}) => post(aRequest(over), { 'idempotency-key': crypto.randomUUID() });

    expect(await asked({ lines })).toMatchObject(refused(422, 'QUANTITY_TOO_LARGE'));
    expect(await asked({ lines: [{ sku: 'GHOST', quantity: 1 }] })).toMatchObject(
      refused(422, 'UNKNOWN_SKU'),
    );
    quotes.prices.set('MUG-CANARY', 1500);
    expect(await asked()).toMatchObject(refused(409, 'PRICE_CHANGED'));
    quotes.prices.set('MUG-CANARY', 1400);
    await post(aRequest());
    expect(await post(aRequest({ cartVersion: 1 }))).toMatchObject(refused(422, 'IDEMPOTENCY_KEY_REUSED'));
    reservations.answer = { refused: { code: 'SOLD_OUT', skus: ['MUG-CANARY'] } };
    expect(await asked()).toMatchObject(refused(409, 'SOLD_OUT'));
    reservations.answer = { refused: { code: 'RESERVATION_CLOSED' } };
    expect(await asked()).toMatchObject(refused(409, 'RESERVATION_EXPIRED'));
    reservations.answer = { refused: { code: 'STOCK_BUSY' } };
    const busy = await asked();
    expect(busy).toMatchObject(refused(409, 'STOCK_BUSY'));
    expect(busy.headers['retry-after']).toBe('1');
  });

  it('fails, so that the fault is counted, when catalog does not answer', async () => {
    const { post, quotes } = api();
    quotes.quote = () => Promise.reject(new Error('no answer'));

    await expect(post(aRequest())).rejects.toThrow('no answer');
  });
});
