import { describe, expect, it } from 'vitest';
import { fromItem, openShards, toItem } from '../../src/adapters/stored-order.js';
import { advance, applyCapture, applyVoid } from '../../src/domain/order.js';
import { anOrder, later, now, orderId, usd } from '../builders.js';

const confirmed = applyCapture(anOrder(), usd(2800), later(1));

describe('a stored order', () => {
  it.each([
    ['placed', anOrder({ cartVersion: 0 })],
    ['refused', applyVoid(anOrder(), 'card_declined', later(1))],
    ['cancelling', advance(confirmed, 'cancel-requested', { at: later(2) })],
  ])('is read as it was written: %s', (_, order) => {
    expect(fromItem(JSON.parse(JSON.stringify(toItem(order))))).toEqual(order);
  });

  it('is in one shard of the open index from its last write on, and only while unfinished', () => {
    const item = toItem(anOrder());

    expect(item).toMatchObject({ pk: `ORDER#${orderId}`, openSince: now.toISOString() });
    expect(openShards(0)).toContain('openShard' in item ? item.openShard : '');
    expect(toItem(confirmed)).not.toHaveProperty('openShard');
    expect(toItem(confirmed)).not.toHaveProperty('openSince');
  });

  it('is refused when it is something else', () => {
    expect(() => fromItem({ ...toItem(anOrder()), total: { amount: 1.5, currency: 'USD' } })).toThrow();
  });

  it('is looked for in every shard, whichever comes first', () => {
    for (const [start, first] of [
      [0, 'OPEN#0'],
      [0.5, 'OPEN#8'],
      [0.999, 'OPEN#15'],
    ] as const) {
      expect(openShards(start)[0]).toBe(first);
      expect(openShards(start).sort()).toEqual(openShards(0).sort());
    }
  });
});
