import type { OrderId, PlaceOrder } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { describe, expect, it } from 'vitest';
import { attemptsIn, fingerprintOf } from '../src/checkout/attempt.js';
import { placeOrder } from '../src/checkout/place-order.js';
import { memoryStorage } from './memory-storage.js';

const orderId = `ord_${'0'.repeat(26)}` as OrderId;
const total = { amount: 2800, currency: 'USD' };
const cart = { lines: [{ sku: 'MUG-CANARY', quantity: 2 }], total };
const request: PlaceOrder = {
  lines: [{ sku: 'MUG-CANARY', quantity: 2 }],
  expectedTotal: total,
  paymentMethodId: 'pm_first',
  shippingAddress: { name: 'Ada', line1: 'Quay 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
};
const accepted = { orderId, status: 'placed' as const, url: `/api/orders/${orderId}` };

function setup(replies: (Error | typeof accepted)[] = []) {
  const storage = memoryStorage();
  let keys = 0;
  const attempts = () => attemptsIn(storage, () => `key-number-${String(++keys).padStart(8, '0')}`);
  const sent: { key: string; body: PlaceOrder }[] = [];
  const slept: number[] = [];
  const client = {
    placeOrder: async ({ idempotencyKey, body }: { idempotencyKey: string; body: PlaceOrder }) => {
      sent.push({ key: idempotencyKey, body });
      const reply = replies.shift() ?? accepted;
      if (reply instanceof Error) throw reply;
      return reply;
    },
  };
  const sleep = async (ms: number) => void slept.push(ms);
  return { attempts, deps: () => ({ client, attempts: attempts(), sleep }), sent, slept };
}

describe('an attempt to buy', () => {
  it('keeps its key over a reload', () => {
    const { attempts } = setup();

    const before = attempts().current('ada', fingerprintOf(cart));

    expect(attempts().current('ada', fingerprintOf(cart))).toEqual(before);
  });

  it.each([
    ['quantity', { ...cart, lines: [{ sku: 'MUG-CANARY', quantity: 3 }] }],
    ['product', { ...cart, lines: [{ sku: 'MUG-UPTIME', quantity: 2 }] }],
    ['price', { ...cart, total: { amount: 3000, currency: 'USD' } }],
  ])('gets a new key when the cart has another %s', (_, changed) => {
    const { attempts } = setup();
    const before = attempts().current('ada', fingerprintOf(cart));

    expect(attempts().current('ada', fingerprintOf(changed)).idempotencyKey).not.toBe(before.idempotencyKey);
  });

  it('is not the next customer’s', () => {
    const { attempts } = setup();
    attempts().sending(attempts().current('ada', 'x'), request);

    expect(attempts().current('grace', 'x').idempotencyKey).toBe('key-number-00000002');
    expect(attempts().unsettled('grace')).toBeUndefined();
  });

  it('does not depend on the order of lines', () => {
    const lines = [...cart.lines, { sku: 'BAG-ON-CALL', quantity: 1 }];
    expect(fingerprintOf({ lines, total })).toBe(fingerprintOf({ lines: lines.toReversed(), total }));
  });

  it('is forgotten when the storage holds something else', () => {
    const storage = memoryStorage({ 'shipline.checkout-attempt': '{"idempotencyKey":"short"}' });
    expect(attemptsIn(storage, () => 'key-number-00000009').unsettled('ada')).toBeUndefined();
  });
});

describe('placing an order', () => {
  it('settles the attempt with the order', async () => {
    const { attempts, deps } = setup();

    const outcome = await placeOrder(deps(), attempts().current('ada', 'x'), request);

    expect(outcome).toEqual({ placed: orderId });
    expect(attempts().unsettled('ada')).toBeUndefined();
  });

  it('repeats the very same request after a lost reply, also from a reloaded page with another card', async () => {
    const { attempts, deps, sent } = setup([new TypeError('Failed to fetch')]);

    const first = await placeOrder(deps(), attempts().current('ada', 'x'), request);
    const kept = attempts().unsettled('ada');
    const again = { ...request, paymentMethodId: 'pm_second' };
    const second = kept && (await placeOrder(deps(), kept, again));

    expect(first).toHaveProperty('unknown');
    expect(second).toEqual({ placed: orderId });
    expect(sent[1]).toEqual(sent[0]);
  });

  it.each([500, 502, 503, 429, 408, 401])('does not take a %i for an answer', async (status) => {
    const { attempts, deps } = setup([new ApiProblem(status, `HTTP_${status}`)]);

    const outcome = await placeOrder(deps(), attempts().current('ada', 'x'), request);

    expect(outcome).toHaveProperty('unknown');
    expect(attempts().unsettled('ada')?.request).toEqual(request);
  });

  it('starts over with a new key after a refusal', async () => {
    const { attempts, deps } = setup([new ApiProblem(409, 'RESERVATION_EXPIRED')]);
    const attempt = attempts().current('ada', 'x');

    const outcome = await placeOrder(deps(), attempt, request);

    expect(outcome).toHaveProperty('refused');
    expect(attempts().current('ada', 'x').idempotencyKey).not.toBe(attempt.idempotencyKey);
  });

  it('waits as long as it is told while stock is busy, and gives up after four tries', async () => {
    const busy = new ApiProblem(409, 'STOCK_BUSY', undefined, 3);
    const patient = setup([busy, new ApiProblem(409, 'STOCK_BUSY')]);
    const tired = setup([busy, busy, busy, busy]);

    expect(await placeOrder(patient.deps(), patient.attempts().current('ada', 'x'), request)).toEqual({
      placed: orderId,
    });
    expect(patient.slept).toEqual([3000, 2000]);
    expect(new Set(patient.sent.map(({ key }) => key)).size).toBe(1);
    expect(await placeOrder(tired.deps(), tired.attempts().current('ada', 'x'), request)).toHaveProperty(
      'refused',
    );
    expect(tired.sent).toHaveLength(4);
  });
});
