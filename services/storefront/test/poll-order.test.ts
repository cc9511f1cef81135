import type { Order, OrderStatus } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { delayBefore, isSettled, pollOrder } from '../src/orders/poll-order.js';

const order = (status: OrderStatus, versions = 1, cancelRequested = false) =>
  ({ status, cancelRequested, history: Array.from({ length: versions }) }) as unknown as Order;

function setup(answers: (Order | Error)[]) {
  const stop = new AbortController();
  const slept: number[] = [];
  const seen: string[] = [];
  const look = async () => {
    const answer = answers.shift() ?? order('confirmed', 99);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const events = {
    onOrder: ({ status }: Order) => void seen.push(status),
    onTrouble: (error: unknown) => {
      if (error !== undefined) seen.push('trouble');
    },
  };
  const clock = { sleep: async (ms: number) => void slept.push(ms) };
  return { run: () => pollOrder(look, events, clock, stop.signal), slept, seen, stop, events, look, clock };
}

describe('the wait between two looks', () => {
  it('starts short, grows by half and stops growing at eight seconds', () => {
    expect([1, 2, 3, 4].map(delayBefore)).toEqual([500, 750, 1125, 1688]);
    expect(delayBefore(50)).toBe(8000);
  });
});

describe('following an order', () => {
  it('looks until it is settled', async () => {
    const { run, seen, slept } = setup([order('placed'), order('placed'), order('confirmed', 2)]);

    await run();

    expect(seen).toEqual(['placed', 'placed', 'confirmed']);
    expect(slept).toEqual([500, 750]);
  });

  it('looks closely again after something has moved', async () => {
    const { run, slept } = setup([
      order('placed'),
      order('placed'),
      order('placed'),
      order('cancelling', 2),
      order('cancelled', 3),
    ]);

    await run();

    expect(slept).toEqual([500, 750, 1125, 500]);
  });

  it('reports a failed look and goes on', async () => {
    const { run, seen } = setup([order('placed'), new TypeError('offline'), order('refused', 2)]);

    await run();

    expect(seen).toEqual(['placed', 'trouble', 'refused']);
  });

  it('stops when the page is left', async () => {
    const { events, look, stop, seen } = setup([order('placed'), order('placed')]);
    const leaving = { sleep: async () => stop.abort() };

    await pollOrder(look, events, leaving, stop.signal);

    expect(seen).toEqual(['placed']);
  });
});

describe('a settled order', () => {
  it('is one that only the customer or a person of the shop can still change', () => {
    const settled = (
      ['placed', 'confirmed', 'cancelling', 'cancelled', 'refused', 'review', 'shipped'] as const
    ).filter((status) => isSettled({ status, cancelRequested: false }));
    expect(settled).toEqual(['confirmed', 'cancelled', 'refused', 'review', 'shipped']);
  });

  it('is not a confirmed one whose cancelling has been asked for', () => {
    expect(isSettled({ status: 'confirmed', cancelRequested: true })).toBe(false);
  });
});
