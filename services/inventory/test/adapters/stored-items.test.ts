import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, fromItem, toItem } from '../../src/adapters/stored-items.js';
import { minuteOf } from '../../src/domain/expiry-minute.js';
import { aReservation, later, line } from '../builders.js';

describe('a stored reservation', () => {
  it('is read as it was written, and is in one bucket of its minute while it is held', () => {
    const minutes = fc.integer({ min: 0, max: 1_000_000 });
    const lines = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(), minutes, lines, (number, minute, quantities) => {
        const reservation = aReservation(
          number,
          quantities.map((quantity, index) => line(`SKU-${index}`, quantity)),
          later(minute),
        );
        const item = toItem(reservation);
        expect(fromItem(JSON.parse(JSON.stringify(item)))).toEqual(reservation);
        expect(bucketsOf(minuteOf(reservation.expiresAt))).toContain(
          'expiryBucket' in item ? item.expiryBucket : '',
        );
      }),
    );
  });

  it('leaves the index as soon as it is not held', () => {
    expect(toItem({ ...aReservation(1), state: 'committed' })).not.toHaveProperty('expiryBucket');
  });

  it('spreads over the buckets', () => {
    const buckets = Array.from({ length: 200 }, (_, number) => toItem(aReservation(number * 37)));

    expect(new Set(buckets.map((item) => 'expiryBucket' in item && item.expiryBucket)).size).toBe(8);
  });

  it('is refused when it is something else', () => {
    expect(() => fromItem({ ...toItem(aReservation(1)), state: 'lost' })).toThrow();
  });
});
