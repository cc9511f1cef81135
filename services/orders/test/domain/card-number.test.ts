import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsCardNumber } from '../../src/domain/card-number.js';
import { aRequest, orderId } from '../builders.js';

const luhnDigit = (digits: number[]) => {
  const sum = digits
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? ((digit * 2) % 10) + (digit > 4 ? 1 : 0) : digit), 0);
  return (10 - (sum % 10)) % 10;
};
const cardNumber = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
  .map((digits) => [...digits, luhnDigit(digits)].join(''));

describe('a card number', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    '3782 822463 10005',
    '４２４２４２４２４２４２４２４２',
    'pm_4242424242424242',
    'card:4242424242424242, thanks',
    'Quay4242424242424242',
    '4242 4242 4242 4242 12/27 123',
    '6304 0000 0000 0000 00',
  ])('is seen in %j', (text) => {
    expect(containsCardNumber({ shippingAddress: { line1: text } })).toBe(true);
  });

  it('is seen wherever it hides: as a number, in a list, as a key', () => {
    expect(containsCardNumber({ card: 4242424242424242 })).toBe(true);
    expect(containsCardNumber([['x', { y: ['4242424242424242'] }]])).toBe(true);
    expect(containsCardNumber({ '4242424242424242': true })).toBe(true);
  });

  it('is seen whatever its length and separators', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ' - '.slice(0, 2));
    fc.assert(
      fc.property(cardNumber, separator, fc.integer({ min: 1, max: 6 }), (number, between, size) => {
        const text = (number.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(between);
        return containsCardNumber({ note: `my card ${text}!` });
      }),
    );
  });
});

describe('what is no card number', () => {
  it.each([
    orderId,
    'ord_42424242424242424242424242',
    'res_4242424242424242ABCDEFGHJK',
    'pm_1MqLiJLkdIwHu7ixUEgbFdYl',
    '4242424242424241',
    '424242424242',
    '12345678901234567890123456',
    '+49 40 1234567',
    '20457',
    '2026-11-23T09:00:00.000Z',
  ])('passes: %j', (text) => {
    expect(containsCardNumber({ text })).toBe(false);
  });

  it('passes: an ordinary request, amounts, nothing at all', () => {
    expect(containsCardNumber(aRequest())).toBe(false);
    expect(containsCardNumber({ amount: 99_999_999 })).toBe(false);
    for (const value of [null, undefined, true, '', {}, []]) expect(containsCardNumber(value)).toBe(false);
  });

  it('passes: every id that we give out', () => {
    const digit = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    const many = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...'0123456789') }, digit), {
      minLength: 26,
      maxLength: 26,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('ord', 'res', 'pay', 'ref'),
        many,
        (prefix, suffix) => !containsCardNumber({ id: `${prefix}_${suffix.join('')}` }),
      ),
      { numRuns: 2000 },
    );
  });
});
