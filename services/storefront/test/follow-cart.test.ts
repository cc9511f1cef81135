import type { Cart } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { followCart } from '../src/orders/follow-cart.js';

const cartOf = (...skus: string[]) => ({ lines: skus.map((sku) => ({ sku })) }) as unknown as Cart;
const ordered = [{ sku: 'MUG-CANARY' }];

function setup(answers: (Cart | undefined)[]) {
  let looks = 0;
  const stop = new AbortController();
  const reload = async () => answers[Math.min(looks++, answers.length - 1)];
  const clock = { sleep: async () => {} };
  return { run: () => followCart(reload, ordered, clock, stop.signal), looks: () => looks };
}

describe('the cart after an order', () => {
  it('is read until nothing of the order is left in it', async () => {
    const { run, looks } = setup([
      cartOf('MUG-CANARY'),
      undefined,
      cartOf('MUG-CANARY'),
      cartOf('BAG-ON-CALL'),
    ]);
    await run();
    expect(looks()).toBe(4);
  });

  it('is left alone after a while, because the same may have been put in again', async () => {
    const { run, looks } = setup([cartOf('MUG-CANARY')]);
    await run();
    expect(looks()).toBe(8);
  });
});
