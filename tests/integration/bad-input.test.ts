import { endpoints, type PlaceOrder } from '@shipline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, guestShop, newCustomer } from '../support/customer.js';
import { bearer, http } from '../support/http.js';
import { newKey, orderRequest, place, settled } from '../support/orders.js';

let customer: Customer;
let good: PlaceOrder;
beforeAll(async () => {
  customer = await newCustomer();
  good = await orderRequest([{ sku: 'SHIRT-FRIDAY', quantity: 1 }]);
});

const send = (body: unknown, headers: Record<string, string> = {}) =>
  http
    .post('/api/orders')
    .set({
      'idempotency-key': newKey(),
      ...bearer(customer.accessToken),
      'content-type': 'application/json',
      ...headers,
    })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

/** Words that only our insides know. */
const insides = /node_modules|at .*\.(?:ts|mjs):|ZodError|DynamoDB|arn:aws|TABLE_NAME|"stack"/i;

function expectProblem(
  reply: { status: number; type: string; text: string; body: object },
  status: number,
  code: string,
) {
  expect(reply.text).not.toMatch(insides);
  expect({ status: reply.status, type: reply.type, body: reply.body }).toMatchObject({
    status,
    type: 'application/problem+json',
    body: { status, code, title: expect.any(String), correlationId: expect.any(String) },
  });
}

describe('an order', () => {
  it('is refused for malformed JSON', async () => {
    expectProblem(await send('{"lines": ['), 400, 'MALFORMED_JSON');
  });

  it.each<[string, object, number, string]>([
    ['a negative quantity', { lines: [{ sku: 'SHIRT-FRIDAY', quantity: -1 }] }, 422, 'INVALID_REQUEST'],
    ['an absurd quantity', { lines: [{ sku: 'SHIRT-FRIDAY', quantity: 1e12 }] }, 422, 'INVALID_REQUEST'],
    ['half a shirt', { lines: [{ sku: 'SHIRT-FRIDAY', quantity: 0.5 }] }, 422, 'INVALID_REQUEST'],
    ['no lines', { lines: [] }, 422, 'INVALID_REQUEST'],
    [
      'a hundred lines',
      { lines: Array(100).fill({ sku: 'SHIRT-FRIDAY', quantity: 1 }) },
      422,
      'INVALID_REQUEST',
    ],
    ['an unknown product', { lines: [{ sku: 'NO-SUCH-THING', quantity: 1 }] }, 422, 'UNKNOWN_SKU'],
    [
      'a price of its own',
      { lines: [{ sku: 'SHIRT-FRIDAY', quantity: 1, unitPrice: { amount: 1, currency: 'USD' } }] },
      422,
      'INVALID_REQUEST',
    ],
    ['a total of its own', { total: { amount: 1, currency: 'USD' } }, 422, 'INVALID_REQUEST'],
    ['a negative total', { expectedTotal: { amount: -1, currency: 'USD' } }, 422, 'INVALID_REQUEST'],
    ['another currency', { expectedTotal: { amount: 1, currency: 'JPY' } }, 409, 'PRICE_CHANGED'],
    [
      'an over-long name',
      {
        shippingAddress: { name: 'x'.repeat(10_000), line1: 'a', postalCode: '1', city: 'b', country: 'DE' },
      },
      422,
      'INVALID_REQUEST',
    ],
    ['no address', { shippingAddress: undefined }, 422, 'INVALID_REQUEST'],
    ['a card number as payment method', { paymentMethodId: '4242424242424242' }, 422, 'CARD_NUMBER_REFUSED'],
    [
      'a card number in the address',
      {
        shippingAddress: {
          name: '4242 4242 4242 4242',
          line1: 'a',
          postalCode: '1',
          city: 'b',
          country: 'DE',
        },
      },
      422,
      'CARD_NUMBER_REFUSED',
    ],
    [
      'many too many of one product',
      { lines: Array(3).fill({ sku: 'SHIRT-FRIDAY', quantity: 99 }) },
      422,
      'QUANTITY_TOO_LARGE',
    ],
  ])('is refused for %s', async (_, wrong, status, code) => {
    expectProblem(await send({ ...good, ...wrong }), status, code);
  });

  it('is refused without an Idempotency-Key, and with one that is none', async () => {
    const missing = await http.post('/api/orders').set(bearer(customer.accessToken)).send(good);
    expectProblem(missing, 400, 'IDEMPOTENCY_KEY_REQUIRED');
    expectProblem(await send(good, { 'idempotency-key': 'short' }), 400, 'IDEMPOTENCY_KEY_REQUIRED');
  });

  it('is refused as form data', async () => {
    expectProblem(
      await send('lines=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  it('leaves no trace when it was refused', async () => {
    const nobody = await newCustomer();

    const wrong = { ...good, expectedTotal: { amount: 1, currency: 'USD' } };
    expectProblem(await send(wrong, bearer(nobody.accessToken)), 409, 'PRICE_CHANGED');

    expect((await nobody.shop.listOrders({})).items).toEqual([]);
  });
});

describe("somebody else's", () => {
  it('order looks absent', async () => {
    const orderId = await place(customer, good);
    const stranger = await newCustomer();

    for (const call of [stranger.shop.getOrder, stranger.shop.cancelOrder])
      await expect(call({ params: { orderId } })).rejects.toMatchObject({
        status: 404,
        code: 'ORDER_NOT_FOUND',
      });
    await settled(customer, orderId);
  });

  it('guest cart cannot be guessed', async () => {
    const token = `gct_${'A'.repeat(43)}`;
    await expect(guestShop.getGuestCart({ params: { token } })).rejects.toMatchObject({
      status: 404,
      code: 'CART_NOT_FOUND',
    });
    expectProblem(await http.get('/api/guest-carts/not-a-token'), 422, 'INVALID_REQUEST');
  });
});

describe('every read', () => {
  it.each([
    ['/api/products?limit=0', 422, 'INVALID_REQUEST'],
    ['/api/products?limit=1000000', 422, 'INVALID_REQUEST'],
    ['/api/products?cursor=%00', 422, 'INVALID_REQUEST'],
    ['/api/products?cursor=bm9uc2Vuc2U', 422, 'INVALID_CURSOR'],
    ['/api/products?category=DROP%20TABLE', 422, 'INVALID_REQUEST'],
    ['/api/products/lower-case', 422, 'INVALID_REQUEST'],
    ['/api/products/NO-SUCH-THING', 404, 'PRODUCT_NOT_FOUND'],
    [`/api/products/${'X'.repeat(3000)}`, 422, 'INVALID_REQUEST'],
    ['/api/availability', 422, 'INVALID_REQUEST'],
    ['/api/availability?skus=', 422, 'INVALID_REQUEST'],
  ])('refuses %s', async (path, status, code) => {
    expectProblem(await http.get(path), status, code);
  });

  it.each(Object.entries(endpoints))('%s answers nonsense with a 4xx, never a 5xx', async (_, endpoint) => {
    const path = endpoint.path.replace(/\{\w+\}/g, '%F0%9F%92%A5');
    const method = endpoint.method.toLowerCase() as 'get' | 'put' | 'post' | 'delete';
    const request = http[method](path).set({
      ...bearer(customer.accessToken),
      'content-type': 'application/json',
    });

    const reply = await (method === 'get' ? request : request.send('[[[[{"a":1e999}]]]]'));

    if (endpoint.path === '/api/guest-carts' || (method === 'get' && !endpoint.path.includes('{'))) {
      expect(reply.status).toBeLessThan(500);
    } else {
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
    }
    expect(reply.text ?? '').not.toMatch(insides);
  });
});

describe("the gateway's webhook", () => {
  it.each([
    ['no signature', {}],
    ['a forged one', { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` }],
  ])('is refused with %s', async (_, headers) => {
    const event = { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: { id: 'pi_1' } } };

    const reply = await http.post('/api/payments/webhook').set(headers).send(event);

    expectProblem(reply, 400, 'INVALID_SIGNATURE');
  });
});
