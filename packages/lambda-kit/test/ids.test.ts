import { createHash } from 'node:crypto';
import { fixedClock, steppingClock } from '@shipline/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedId, ulidSource } from '../src/ids.js';

const suffix = /^[0-9A-HJKMNP-TV-Z]{26}$/;

describe('A ULID', () => {
  it('is what the specification says for its time and randomness', () => {
    const ids = ulidSource({
      clock: () => new Date(1_469_918_176_385),
      random: (bytes) => new Uint8Array(bytes),
    });

    expect(ids('ord')).toBe('ord_01ARYZ6S410000000000000000');
  });

  it('is well formed for all times and random bytes', () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(time, fc.uint8Array({ minLength: 10, maxLength: 10 }), (at, bytes) => {
        expect(ulidSource({ clock: () => new Date(at), random: () => bytes })('x').slice(2)).toMatch(suffix);
      }),
    );
  });

  it('is greater than the one before, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 50 }), (steps) => {
        const clock = steppingClock();
        const ids = ulidSource({ clock });
        const made = steps.map((step) => {
          clock.advance(step);
          return ids('x');
        });

        expect(made).toEqual([...new Set(made)].sort());
      }),
    );
  });

  it('grows even where the random part is used up', () => {
    const ids = ulidSource({ clock: fixedClock(), random: (bytes) => new Uint8Array(bytes).fill(255) });
    const [first, second, third] = [ids('x'), ids('x'), ids('x')];

    expect([first, second, third]).toEqual([first, second, third].sort());
    expect(new Set([first, second, third]).size).toBe(3);
  });
});

describe('A derived id', () => {
  it('is the first 130 bits of the hash', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const hex = createHash('sha256')
          .update(JSON.stringify([one, two]))
          .digest('hex');
        const bits = (BigInt(`0x${hex}`) >> 126n).toString(32).padStart(26, '0');
        const crockford = bits.replace(/[a-v]/g, (digit) =>
          'ABCDEFGHJKMNPQRSTVWXYZ'.charAt(digit.charCodeAt(0) - 97),
        );

        expect(derivedId('ord', one, two)).toBe(`ord_${crockford}`);
      }),
    );
  });

  it('follows from its parts and from nothing else', () => {
    const parts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        const same = JSON.stringify(one) === JSON.stringify(two);
        expect(derivedId('x', ...one) === derivedId('x', ...two)).toBe(same);
      }),
    );
  });
});
