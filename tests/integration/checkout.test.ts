import type { Order } from '@shipline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { expectConsistent, ledgerOf } from '../support/invariants.js';
import { available, cards, newKey, orderRequest, place, settled } from '../support/orders.js';

let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

const buy = async (sku: string, card: string): Promise<Order> => {
  const orderId = await place(customer, await orderRequest([{ sku, quantity: 1 }], card));
  return settled(customer, orderId);
};

describe('a checkout', () => {
  it('confirms an order whose card pays, and commits its stock', async () => {
    const before = await available('MUG-CANARY');
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 2 }]);

    const order = await settled(customer, await place(customer, request));

    expect(order).toMatchObject({ status: 'confirmed', total: request.expectedTotal });
    expect(order.history.map(({ status }) => status)).toEqual(['placed', 'confirmed']);
    expect(await ledgerOf(order)).toEqual(['opened', 'authorised', 'captured']);
    expect(await available('MUG-CANARY')).toBeLessThanOrEqual(before - 2);
    await expectConsistent(order);
  });

  it.each([
    ['a declined card', cards.declined, 'card_declined'],
    ['too little money', cards.insufficientFunds, 'insufficient_funds'],
    ['a card that asks for a challenge', cards.needsChallenge, 'authentication_required'],
  ])('refuses %s, says why and frees the stock', async (_, card, reason) => {
    // No other test buys it, so that its availability is ours to compare.
    const sku = 'DESK-LIGHTHOUSE';
    const before = await available(sku);

    const order = await buy(sku, card);

    expect(order).toMatchObject({ status: 'refused', reason });
    await expectConsistent(order);
    await expect.poll(() => available(sku), { timeout: 30_000 }).toBe(before);
  });

  it('takes a repeated request for the same order, and another body with the same key for a mistake', async () => {
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]);
    const idempotencyKey = newKey();

    const replies = await Promise.all(
      Array.from({ length: 5 }, () => customer.shop.placeOrder({ body: request, idempotencyKey })),
    );
    expect(new Set(replies.map(({ orderId }) => orderId)).size).toBe(1);

    const other = await orderRequest([{ sku: 'MUG-CANARY', quantity: 3 }]);
    await expect(customer.shop.placeOrder({ body: other, idempotencyKey })).rejects.toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const [first] = replies;
    if (!first) throw new Error('no reply');
    await expectConsistent(await settled(customer, first.orderId));
  });

  it('gives the same key of another customer an order of its own', async () => {
    const stranger = await newCustomer();
    const request = await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]);
    const key = newKey();

    const [mine, theirs] = await Promise.all([place(customer, request, key), place(stranger, request, key)]);

    expect(mine).not.toBe(theirs);
    await Promise.all([settled(customer, mine), settled(stranger, theirs)]);
  });

  it('refuses a total that the customer did not see, and reserves nothing', async () => {
    const sku = 'DESK-RED-BUTTON';
    const before = await available(sku);
    const request = await orderRequest([{ sku, quantity: 1 }]);
    const cheaper = { ...request, expectedTotal: { ...request.expectedTotal, amount: 1 } };

    await expect(customer.shop.placeOrder({ body: cheaper, idempotencyKey: newKey() })).rejects.toMatchObject(
      { status: 409, code: 'PRICE_CHANGED' },
    );

    expect(await available(sku)).toBe(before);
  });

  it('merges lines of one product', async () => {
    const { expectedTotal, ...rest } = await orderRequest([{ sku: 'MUG-CANARY', quantity: 3 }]);
    const lines = [
      { sku: 'MUG-CANARY', quantity: 1 },
      { sku: 'MUG-CANARY', quantity: 2 },
    ];

    const order = await settled(customer, await place(customer, { ...rest, expectedTotal, lines }));

    expect(order.lines).toMatchObject([{ sku: 'MUG-CANARY', quantity: 3 }]);
  });

  it('sells the last units once: more customers than units leave nobody with a promise', async () => {
    const sku = 'PRINT-CONTAINER-YARD';
    const units = await available(sku);
    const request = await orderRequest([{ sku, quantity: 1 }]);

    const outcomes = await Promise.allSettled(
      Array.from({ length: units + 4 }, () => place(customer, request)),
    );
    const placed = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));

    expect(placed.length).toBeGreaterThan(0);
    expect(placed.length).toBeLessThanOrEqual(units);
    for (const reason of refused) expect(['SOLD_OUT', 'STOCK_BUSY']).toContain(reason.code);
    const orders = await Promise.all(placed.map((orderId) => settled(customer, orderId)));
    const sold = orders.filter(({ status }) => status === 'confirmed').length;
    expect(sold).toBeGreaterThan(0);
    await expect.poll(async () => sold + (await available(sku)), { timeout: 30_000 }).toBe(units);
    await Promise.all(orders.map(expectConsistent));
  });
});
