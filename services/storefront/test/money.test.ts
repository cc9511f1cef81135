import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, sameMoney } from '../src/money.js';

describe('formatMoney', () => {
  it('writes minor units as people read them', () => {
    expect(formatMoney({ amount: 1400, currency: 'USD' })).toBe('$14.00');
    expect(formatMoney({ amount: 5, currency: 'USD' })).toBe('$0.05');
    expect(formatMoney({ amount: 1234567, currency: 'EUR' })).toBe('€12,345.67');
  });

  it('knows currencies without minor units and with three digits of them', () => {
    expect(formatMoney({ amount: 1400, currency: 'JPY' })).toBe('¥1,400');
    expect(formatMoney({ amount: 1400, currency: 'KWD' })).toMatch(/1\.400$/);
  });

  it('never loses a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (amount) => {
        const shown = formatMoney({ amount, currency: 'USD' }).replace(/[^\d]/g, '');
        expect(Number(shown)).toBe(amount);
      }),
    );
  });
});

describe('sameMoney', () => {
  it('compares amount and currency', () => {
    expect(sameMoney({ amount: 1, currency: 'USD' }, { amount: 1, currency: 'USD' })).toBe(true);
    expect(sameMoney({ amount: 1, currency: 'USD' }, { amount: 1, currency: 'EUR' })).toBe(false);
    expect(sameMoney({ amount: 1, currency: 'USD' }, { amount: 2, currency: 'USD' })).toBe(false);
  });
});
