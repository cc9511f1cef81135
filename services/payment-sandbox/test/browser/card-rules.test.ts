import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digitsOf,
  expiryOf,
  faultsOf,
  groupExpiry,
  groupNumber,
  passesLuhn,
  testCards,
} from '../../src/browser/card-rules.js';

const now = new Date('2026-11-23T12:00:00Z');
const good = { number: '4242 4242 4242 4242', expiry: '12 / 29', cvc: '123' };
const codesOf = (input: Partial<typeof good>) =>
  Object.values(faultsOf({ ...good, ...input }, now)).map((fault) => fault?.code);

describe('the card form', () => {
  it('accepts every test card that it offers', () => {
    for (const { number } of testCards) expect(codesOf({ number })).toEqual([]);
  });

  it('names what is wrong with a number', () => {
    expect(codesOf({ number: '' })).toEqual(['incomplete_number']);
    expect(codesOf({ number: '4242 4242 4242 424' })).toEqual(['incomplete_number']);
    expect(codesOf({ number: '4242 4242 4242 4243' })).toEqual(['invalid_number']);
  });

  it('takes the month of expiry itself and refuses the one before', () => {
    expect(codesOf({ expiry: '11 / 26' })).toEqual([]);
    expect(codesOf({ expiry: '10 / 26' })).toEqual(['invalid_expiry_year_past']);
    expect(codesOf({ expiry: '13 / 27' })).toEqual(['invalid_expiry_month']);
    expect(codesOf({ expiry: '1' })).toEqual(['incomplete_expiry']);
    expect(codesOf({ expiry: '12 / 99' })).toEqual(['invalid_expiry_year']);
  });

  it('wants four digits of security code for American Express and three for the others', () => {
    expect(codesOf({ cvc: '12' })).toEqual(['incomplete_cvc']);
    expect(codesOf({ number: '3782 822463 10005', cvc: '123' })).toEqual(['incomplete_cvc']);
    expect(codesOf({ number: '3782 822463 10005', cvc: '1234' })).toEqual([]);
  });

  it('groups digits as they stand on the card', () => {
    expect(groupNumber('42424242424242')).toBe('4242 4242 4242 42');
    expect(groupNumber('378282246310005')).toBe('3782 822463 10005');
    expect(groupExpiry('529')).toBe('05 / 29');
    expect(groupExpiry('1229')).toBe('12 / 29');
    expect(expiryOf('12 / 29')).toEqual({ month: 12, year: 2029 });
  });

  it('sees every single wrong digit', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.nat(15), fc.integer({ min: 1, max: 9 }), (head, at, shift) => {
        const valid = [...head, [...Array(10).keys()].find((d) => passesLuhn([...head, d].join(''))) ?? 0];
        const wrong = valid.map((digit, n) => (n === at ? (digit + shift) % 10 : digit));
        expect(passesLuhn(valid.join(''))).toBe(true);
        expect(passesLuhn(wrong.join(''))).toBe(false);
      }),
    );
  });

  it('never loses or invents a digit while grouping', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,15}$/), (typed) => {
        expect(digitsOf(groupNumber(typed))).toBe(typed);
        expect(groupNumber(groupNumber(typed))).toBe(groupNumber(typed));
      }),
    );
  });
});
