import { describe, expect, it } from 'vitest';
import { type FaultyOrder, survivable, unsurvived } from '../../src/resilience/faulty-orders.js';

const order = (more: Partial<FaultyOrder> = {}): FaultyOrder => ({
  fault: { operation: 'capture', kind: 'lost' },
  orderId: 'ord_1',
  status: 'confirmed',
  took: 4_000,
  contradictions: [],
  ...more,
});

describe('an order under a fault', () => {
  it('ended right when it is confirmed and all agree', () => {
    expect(unsurvived([order()])).toEqual([]);
  });

  it.each<[string, Partial<FaultyOrder>, string]>([
    ['stands still', { took: undefined, status: 'placed' }, 'lost at capture: ord_1 stands still (placed)'],
    ['was given up', { status: 'review' }, 'lost at capture: ord_1 is review'],
    [
      'was paid twice',
      { contradictions: ['ord_1 is confirmed, and it was paid 2 times'] },
      'lost at capture: ord_1 is confirmed, and it was paid 2 times',
    ],
  ])('did not when it %s', (_, more, sentence) => {
    expect(unsurvived([order(), order(more)])).toEqual([sentence]);
  });
});

it('tries each operation with a late reply, a lost one and a repeated one', () => {
  for (const operation of ['create', 'confirm', 'capture'])
    for (const kind of ['slow', 'lost', 'duplicate']) expect(survivable).toContainEqual({ operation, kind });
});
