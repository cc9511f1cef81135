import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, sameMoney } from '../src/money.js';

describe('money for people', () => {
  it.each([
    [{ amount: 0, currency: 'USD' }, '$0.00'],
    [{ amount: 5, currency: 'USD' }, '$0.05'],
    [{ amount: 123456, currency: 'USD' }, '$1,234.56'],
    [{ amount: 99_999_999, currency: 'USD' }, '$999,999.99'],
    [{ amount: 1999, currency: 'EUR' }, '€19.99'],
    [{ amount: 1400, currency: 'JPY' }, '¥1,400'],
    [{ amount: 1234, currency: 'KWD' }, 'KWD 1.234'],
  ])('reads %j as %s', (money, text) => {
    expect(formatMoney(money).replace('\u00a0', ' ')).toBe(text);
  });

  it('loses no minor unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CHF'),
        (amount, currency) => {
          expect(Number(formatMoney({ amount, currency }).replace(/\D/g, ''))).toBe(amount);
        },
      ),
    );
  });
});

describe('the same money', () => {
  it.each([
    [{ amount: 1, currency: 'USD' }, true],
    [{ amount: 1, currency: 'EUR' }, false],
    [{ amount: 2, currency: 'USD' }, false],
  ])('is amount and currency: %j is that of 1 USD cent: %s', (money, same) => {
    expect(sameMoney({ amount: 1, currency: 'USD' }, money)).toBe(same);
  });
});
