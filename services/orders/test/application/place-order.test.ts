import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/order.js';
import { aRequest, customerId, later, now, usd } from '../builders.js';
import { setup } from '../shop.js';

const idempotencyKey = 'key-0123456789abcdef';
const input = { customerId, idempotencyKey, request: aRequest(), correlationId: 'correlation-1' };

describe('placing an order', () => {
  it('reserves at the quoted prices, stores the order and starts its checkout under its id', async () => {
    const { placeOrder, orders, reservations, checkouts } = setup();

    const order = await placeOrder({ ...input, request: aRequest({ cartVersion: 3 }) });

    expect(order).toMatchObject({
      status: 'placed',
      version: 1,
      customerId,
      total: usd(2800),
      cartVersion: 3,
    });
    expect(await orders.findById(order.id)).toEqual(order);
    expect(reservations.held.get(order.id)).toMatchObject({ bodyHash: order.bodyHash, total: usd(2800) });
    expect([...checkouts.started]).toEqual([
      [
        order.id,
        {
          orderId: order.id,
          customerId,
          total: usd(2800),
          paymentMethodId: 'pm_card_visa',
          correlationId: 'correlation-1',
        },
      ],
    ]);
  });

  it('is repeated by the same key: one order, one checkout, the first answer', async () => {
    const { placeOrder, orders, checkouts } = setup();

    const first = await placeOrder(input);
    const second = await placeOrder({ ...input, correlationId: 'correlation-2' });

    expect(second).toEqual(first);
    expect(orders.writes).toHaveLength(1);
    expect(checkouts.started.size).toBe(1);
  });

  it('means the same in whatever order and however split its lines are sent', async () => {
    const { placeOrder } = setup();
    const split = [1, 1].map((quantity) => ({ sku: 'MUG-CANARY', quantity }));

    const first = await placeOrder(input);

    expect(await placeOrder({ ...input, request: aRequest({ lines: split }) })).toEqual(first);
  });

  it.each([
    ['a line', aRequest({ lines: [{ sku: 'MUG-CANARY', quantity: 3 }], expectedTotal: usd(4200) })],
    ['the payment method', aRequest({ paymentMethodId: 'pm_other' })],
    ['the address', aRequest({ shippingAddress: { ...aRequest().shippingAddress, city: 'Kiel' } })],
    ['the cart', aRequest({ cartVersion: 1 })],
  ])('is refused when the key comes again with a change of %s', async (_, request) => {
    const { placeOrder } = setup();
    await placeOrder(input);

    await expect(placeOrder({ ...input, request })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('keeps two customers with the same key apart', async () => {
    const { placeOrder, orders } = setup();

    const mine = await placeOrder(input);
    const theirs = await placeOrder({ ...input, customerId: 'somebody-else' });

    expect(theirs.id).not.toBe(mine.id);
    expect(orders.orders.size).toBe(2);
  });

  it('never takes its prices from the request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 99_999_999 }), async (amount) => {
        const { placeOrder, orders } = setup();
        const placed = placeOrder({ ...input, request: aRequest({ expectedTotal: usd(amount) }) });
        if (amount === 2800) expect((await placed).total).toEqual(usd(2800));
        else await expect(placed).rejects.toMatchObject({ code: 'PRICE_CHANGED' });
        expect(orders.writes).toHaveLength(amount === 2800 ? 1 : 0);
      }),
      { examples: [[2800], [0], [2799]] },
    );
  });

  it('compares the currency, too', async () => {
    const request = aRequest({ expectedTotal: { amount: 2800, currency: 'EUR' } });

    await expect(setup().placeOrder({ ...input, request })).rejects.toMatchObject({ code: 'PRICE_CHANGED' });
  });

  it('names the lines that are not sold', async () => {
    const { placeOrder, reservations } = setup();
    const lines = ['GHOST', 'MUG-CANARY', 'GHOST'].map((sku) => ({ sku, quantity: 1 }));

    await expect(placeOrder({ ...input, request: aRequest({ lines }) })).rejects.toMatchObject({
      code: 'UNKNOWN_SKU',
      errors: [0, 2].map((index) => ({ path: `lines.${index}`, message: 'is not sold' })),
    });
    expect(reservations.held.size).toBe(0);
  });

  it.each([
    ['SOLD_OUT', 'SOLD_OUT', { errors: [{ path: 'lines.0', message: 'is sold out' }] }],
    ['STOCK_BUSY', 'STOCK_BUSY', { retryAfterSeconds: 1 }],
    ['RESERVATION_CLOSED', 'RESERVATION_EXPIRED', {}],
    ['BODY_MISMATCH', 'IDEMPOTENCY_KEY_REUSED', {}],
  ] as const)('stores nothing when inventory answers %s', async (code, refusal, more) => {
    const { placeOrder, orders, checkouts, reservations } = setup();
    reservations.answer = { refused: { code, skus: ['MUG-CANARY'] } };

    await expect(placeOrder(input)).rejects.toMatchObject({ code: refusal, ...more });
    expect(orders.writes).toEqual([]);
    expect(checkouts.started.size).toBe(0);
  });
});

describe('placing an order after a crash', () => {
  it('goes on with the reservation and its frozen prices', async () => {
    const { placeOrder, orders, reservations } = setup();
    orders.beforeWrite = () => {
      throw new Error('crash');
    };
    await expect(placeOrder(input)).rejects.toThrow('crash');
    orders.beforeWrite = undefined;
    const [held] = reservations.held.values();

    const order = await placeOrder(input);

    expect(reservations.held.size).toBe(1);
    expect(order.lines).toEqual(held?.lines);
  });

  it('starts the checkout that was not started', async () => {
    const { placeOrder, checkouts } = setup();
    checkouts.down = true;
    await expect(placeOrder(input)).rejects.toThrow('no answer');
    checkouts.down = false;

    const order = await placeOrder(input);

    expect([...checkouts.started.keys()]).toEqual([order.id]);
  });

  it('leaves the checkout of an order alone that went on', async () => {
    const { placeOrder, orders, checkouts } = setup();
    const order = await placeOrder(input);
    orders.store(advance(order, 'checkout-parked', { at: later(1), reason: 'payment_unknown' }));
    checkouts.started.clear();

    expect((await placeOrder(input)).status).toBe('review');
    expect(checkouts.started.size).toBe(0);
  });
});

describe('placing an order twice at once', () => {
  it('gives both callers the order that was stored first', async () => {
    const { placeOrder, orders, checkouts } = setup();

    const [one, two] = await Promise.all([placeOrder(input), placeOrder(input)]);

    expect(one).toEqual(two);
    expect(orders.writes).toHaveLength(1);
    expect(checkouts.started.size).toBe(1);
  });

  it('finds the other’s order when its reservation is committed already', async () => {
    const { placeOrder, reservations, orders } = setup();
    const first = await setup().placeOrder(input);
    reservations.beforeAnswer = async () => {
      await orders.add(first);
      orders.beforeWrite = () => {
        throw new Error('the order is there already');
      };
      reservations.answer = { refused: { code: 'RESERVATION_CLOSED' } };
    };

    expect(await placeOrder(input)).toEqual(first);
  });

  it('refuses the slower of two different bodies', async () => {
    const { placeOrder } = setup();
    const other = { ...input, request: aRequest({ cartVersion: 1 }) };

    const results = await Promise.allSettled([placeOrder(input), placeOrder(other)]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

it('takes the time from the clock', async () => {
  expect((await setup().placeOrder(input)).createdAt).toBe(now.toISOString());
});
