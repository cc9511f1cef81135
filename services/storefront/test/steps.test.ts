import { OrderStatus } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { isCancellable, statusWords, voyageOf } from '../src/orders/steps.js';

const at = (status: OrderStatus, more: { cancelRequested?: boolean; reason?: 'insufficient_funds' } = {}) =>
  voyageOf({ status, cancelRequested: false, ...more });

describe('the voyage of an order', () => {
  it('goes from placed over paying to confirmed', () => {
    expect(at('placed').steps.map(({ state }) => state)).toEqual(['done', 'current', 'ahead']);
    expect(at('confirmed').steps.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('says why an order was refused, that nothing was charged and that the stock is free again', () => {
    const { text, steps } = at('refused', { reason: 'insufficient_funds' });

    expect(text).toContain('does not have enough funds');
    expect(text).toContain('not been charged');
    expect(text).toContain('stock is free again');
    expect(steps.map(({ state }) => state)).toContain('stopped');
  });

  it('shows a wish to cancel at once, before the order has moved', () => {
    expect(at('placed', { cancelRequested: true }).headline).toBe(at('cancelling').headline);
    expect(at('confirmed', { cancelRequested: true }).headline).toBe(at('cancelling').headline);
  });

  it('does not let a wish that came too late hide what happened', () => {
    expect(at('shipped', { cancelRequested: true }).headline).toBe(at('shipped').headline);
    expect(at('refused', { cancelRequested: true }).headline).toBe(at('refused').headline);
  });

  it.each(OrderStatus.options)('has a headline, steps and a word for %s', (status) => {
    const { headline, steps } = at(status);
    expect(headline).not.toBe('');
    expect(new Set(steps.map(({ title }) => title)).size).toBe(3);
    expect(statusWords[status]).not.toBe('');
  });

  it('offers to cancel only while that can change something, and once', () => {
    const offered = OrderStatus.options.filter((status) => isCancellable({ status, cancelRequested: false }));
    expect(offered.sort()).toEqual(['confirmed', 'placed']);
    expect(isCancellable({ status: 'placed', cancelRequested: true })).toBe(false);
  });
});
