import { endpoints, Order, OrderPage } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { apiEvent } from '@shipline/lambda-kit/http/api-event';
import { currentScope } from '@shipline/lambda-kit/scope';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { advance, applyCapture, applyVoid } from '../../src/domain/order.js';
import { OrderError, type OrderErrorCode, orderErrorCodes } from '../../src/domain/order-error.js';
import { ordersApi, statusOf } from '../../src/handlers/orders-api.js';
import { api, key, refused } from '../api.js';
import { anOrder, aRequest, customerId, later, orderId, usd } from '../builders.js';
import { setup } from '../shop.js';

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

describe('the trace and the log lines of a cancellation', () => {
  it('have the order, also where it is refused', async () => {
    const annotated: unknown[] = [];
    const cancelOrder = async () => {
      annotated.push({ ...currentScope()?.annotations });
      throw new OrderError('ORDER_NOT_FOUND');
    };
    const handler = httpEntry(ordersApi({ ...setup(), cancelOrder }), { logger: recordingLogger() });

    await handler(
      apiEvent({ method: 'POST', path: `/api/orders/${orderId}/cancel`, customerId }),
      lambdaContext(),
    );

    expect(annotated).toEqual([{ order_id: orderId }]);
  });
});

describe('the API as a whole', () => {
  it.each([
    ['POST', '/api/orders'],
    ['GET', '/api/orders'],
    ['GET', `/api/orders/${orderId}`],
    ['POST', `/api/orders/${orderId}/cancel`],
  ])('fails on %s %s without verified claims: such a request must not come through', async (method, path) => {
    const shop = setup();
    const event = apiEvent({ method, path, headers: key, ...(method === 'POST' && { body: aRequest() }) });
    const handler = httpEntry(ordersApi(shop), { logger: recordingLogger() });

    await expect(handler(event, lambdaContext())).rejects.toThrow('JWT authorizer');
    expect(shop.orders.writes).toEqual([]);
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
