import { type OrderId, paymentIdOf } from '@shipline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { inject, intentsOf, newCard } from '../support/gateway.js';
import { expectConsistent, reservationOf } from '../support/invariants.js';
import { cards, orderRequest, place, settled } from '../support/orders.js';

const sku = 'PIN-ANCHOR';
let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

const cancel = (orderId: string) => customer.shop.cancelOrder({ params: { orderId } });
const rests = ['cancelled', 'refused'] as const;

describe('a cancel', () => {
  it('right after placing ends in a cancelled order that nobody paid for', async () => {
    const orderId = await place(customer, await orderRequest([{ sku, quantity: 1 }]));
    await cancel(orderId);

    const order = await settled(customer, orderId, rests);

    expect(order).toMatchObject({ status: 'cancelled', cancelRequested: true });
    await expectConsistent(order);
  });

  it('after the confirmation refunds the whole payment and returns the stock', async () => {
    const orderId = await place(customer, await orderRequest([{ sku, quantity: 2 }]));
    await settled(customer, orderId, ['confirmed']);

    await cancel(orderId);
    const order = await settled(customer, orderId, ['cancelled']);

    expect(order.history.map(({ status }) => status)).toEqual([
      'placed',
      'confirmed',
      'cancelling',
      'cancelled',
    ]);
    await expectConsistent(order);
    await expect.poll(() => reservationOf(order), { timeout: 30_000 }).toBe('returned');
  });

  it('may be repeated, and changes nothing then', async () => {
    const orderId = await place(customer, await orderRequest([{ sku, quantity: 1 }]));
    await Promise.all(
      [cancel(orderId), cancel(orderId), cancel(orderId)].map((c) => c.catch(() => undefined)),
    );
    const order = await settled(customer, orderId, rests);

    expect(await cancel(orderId).catch(({ code }: { code: string }) => code)).toSatisfy(
      (answer: unknown) =>
        answer === 'ORDER_NOT_CANCELLABLE' || (answer as { status: string }).status === order.status,
    );
    await expectConsistent(order);
  });

  it('of an order that is being refused changes nothing', async () => {
    const orderId = await place(customer, await orderRequest([{ sku, quantity: 1 }], cards.declined));
    await cancel(orderId).catch(() => undefined);

    await expectConsistent(await settled(customer, orderId, rests));
  });

  // A slow operation is done at once and answered late: until then the checkout waits in it.
  it.each([
    ['create', /^requires_/],
    ['confirm', /^requires_capture$/],
    ['capture', /^succeeded$/],
  ] as const)('that meets the %s of the payment ends in a cancelled order', async (operation, done) => {
    const card = await newCard();
    await inject(card, { operation, kind: 'slow' });
    const orderId = await place(customer, await orderRequest([{ sku, quantity: 1 }], card));
    await expect
      .poll(async () => (await intentsOf(paymentIdOf(orderId as OrderId)))[0]?.status, { timeout: 30_000 })
      .toMatch(done);

    await cancel(orderId);
    const order = await settled(customer, orderId, rests);

    expect(order.status).toBe('cancelled');
    await expectConsistent(order);
  });
});
