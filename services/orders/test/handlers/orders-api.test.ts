import { endpoints, Order, OrderPage } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { type ApiRequest, apiEvent, lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { advance, applyCapture, applyVoid } from '../../src/domain/order.js';
import { type OrderErrorCode, orderErrorCodes } from '../../src/domain/order-error.js';
import { ordersApi, statusOf } from '../../src/handlers/orders-api.js';
import { anOrder, aRequest, customerId, later, orderId, usd } from '../builders.js';
import { setup } from '../shop.js';

const key = { 'idempotency-key': 'key-0123456789abcdef' };

function api() {
  const shop = setup();
  const logger = recordingLogger();
  const handler = httpEntry(ordersApi(shop), { logger });
  const call = async (request: ApiRequest) => {
    const { statusCode, headers, body } = await handler(
      apiEvent({ customerId, ...request }),
      lambdaContext(),
    );
    return { statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
  };
  const post = (body: unknown, headers: Record<string, string> = key) =>
    call({ method: 'POST', path: '/api/orders', body, headers });
  const cancel = (id: string, by = customerId) =>
    call({ method: 'POST', path: `/api/orders/${id}/cancel`, customerId: by });
  return { ...shop, logger, call, post, cancel };
}
const refused = (statusCode: number, code: string) => ({
  statusCode,
  headers: expect.objectContaining({ 'content-type': 'application/problem+json' }),
  body: expect.objectContaining({ status: statusCode, code, correlationId: expect.any(String) }),
});

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

describe('GET /api/orders', () => {
  it('lists the customer’s orders, and takes its own cursor', async () => {
    const { call, orders } = api();
    orders.store(anOrder());
    orders.store(anOrder({ id: orderId.replace(/.$/, '0') as typeof orderId }, later(1)));

    const first = OrderPage.parse((await call({ path: '/api/orders', query: { limit: '1' } })).body);
    const query = { limit: '1', cursor: String(first.nextCursor) };
    const second = OrderPage.parse((await call({ path: '/api/orders', query })).body);

    expect(second.items).toEqual([
      { orderId, status: 'placed', total: usd(2800), createdAt: anOrder().createdAt },
    ]);
    expect(second.nextCursor).toBeUndefined();
  });

  it.each([
    [{ limit: '0' }, 'INVALID_REQUEST'],
    [{ limit: '51' }, 'INVALID_REQUEST'],
    [{ limit: 'all' }, 'INVALID_REQUEST'],
    [{ cursor: 'x'.repeat(513) }, 'INVALID_REQUEST'],
    [{ customerId: 'somebody-else' }, 'INVALID_REQUEST'],
    [{ cursor: 'abc' }, 'INVALID_CURSOR'],
  ])('refuses %j', async (query, code) => {
    const answer = await api().call({ path: '/api/orders', query: query as Record<string, string> });

    expect(answer).toMatchObject(refused(422, code));
  });
});

describe('GET /api/orders/{orderId}', () => {
  it('shows what the contract says and nothing else', async () => {
    const { call, orders } = api();
    const asked = advance(anOrder({ cartVersion: 3 }), 'cancel-requested', { at: later(1) });
    const again = advance(asked, 'restarted', { at: later(3) });
    orders.store(applyVoid(again, 'card_declined', later(4)));

    const { statusCode, body } = await call({ path: `/api/orders/${orderId}` });

    expect(statusCode).toBe(200);
    expect(Order.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'cancelled',
      cancelRequested: true,
      reason: 'cancelled_by_customer',
    });
    expect(body.history.map(({ version }: { version: number }) => version)).toEqual([1, 2, 4]);
  });

  it('does not tell a stranger’s order from none', async () => {
    const { call, orders } = api();
    const none = await call({ path: `/api/orders/${orderId}` });
    orders.store(anOrder());

    const strangers = await call({ path: `/api/orders/${orderId}`, customerId: 'stranger' });

    expect(strangers).toMatchObject(refused(404, 'ORDER_NOT_FOUND'));
    expect(strangers.body).toEqual(none.body);
  });

  it('refuses what is no order id', async () => {
    expect(await api().call({ path: '/api/orders/1' })).toMatchObject(refused(422, 'INVALID_REQUEST'));
  });
});

describe('POST /api/orders/{orderId}/cancel', () => {
  it('answers 202 with the order, again and again', async () => {
    const { cancel, orders } = api();
    orders.store(applyCapture(anOrder(), usd(2800), later(1)));

    const first = await cancel(orderId);

    expect(first).toMatchObject({ statusCode: 202, body: { status: 'cancelling', cancelRequested: true } });
    expect((await cancel(orderId)).body).toEqual(first.body);
  });

  it('refuses a stranger, and what is closed, and what keeps changing', async () => {
    const { cancel, orders } = api();
    expect(await cancel(orderId)).toMatchObject(refused(404, 'ORDER_NOT_FOUND'));
    orders.store(anOrder());
    expect(await cancel(orderId, 'stranger')).toMatchObject(refused(404, 'ORDER_NOT_FOUND'));
    orders.beforeWrite = () => {
      const current = orders.orders.get(orderId);
      if (current) orders.store(advance(current, 'restarted', { at: later(1) }));
    };
    expect(await cancel(orderId)).toMatchObject(refused(409, 'ORDER_CHANGED'));
    orders.beforeWrite = undefined;
    orders.store(applyVoid(anOrder(), 'card_declined', later(1)));
    expect(await cancel(orderId)).toMatchObject(refused(409, 'ORDER_NOT_CANCELLABLE'));
  });
});

describe('the API as a whole', () => {
  it.each([
    ['POST', '/api/orders'],
    ['GET', '/api/orders'],
    ['GET', `/api/orders/${orderId}`],
    ['POST', `/api/orders/${orderId}/cancel`],
  ])('fails on %s %s without verified claims: such a request must not come through', async (method, path) => {
    const { call, orders } = api();
    const event = apiEvent({ method, path, headers: key, ...(method === 'POST' && { body: aRequest() }) });
    const handler = httpEntry(ordersApi(setup()), { logger: recordingLogger() });

    await expect(handler(event, lambdaContext())).rejects.toThrow('JWT authorizer');
    expect(call).toBeTypeOf('function');
    expect(orders.writes).toEqual([]);
  });

  it('has one status for every code, the one in the contract', () => {
    const { placeOrder, listOrders, getOrder, cancelOrder } = endpoints;
    const promised: Record<string, number> = Object.assign(
      {},
      ...[placeOrder, listOrders, getOrder, cancelOrder].map(({ problems }) => problems),
    );

    for (const code of orderErrorCodes) expect(promised[code], code).toBe(statusOf[code]);
    const kits = ['IDEMPOTENCY_KEY_REQUIRED'];
    expect(
      Object.keys(promised)
        .filter((code) => !kits.includes(code))
        .sort(),
    ).toEqual([...orderErrorCodes].sort() satisfies OrderErrorCode[]);
  });

  it('tells nothing of what went wrong inside', async () => {
    const { call } = api();

    const { body } = await call({ path: '/api/orders/..%2f..%2fadmin' });

    expect(JSON.stringify(body)).not.toMatch(/stack|at .*\.ts|admin/);
  });
});
