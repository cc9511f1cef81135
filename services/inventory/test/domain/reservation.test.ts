import { ReservationState } from '@shipline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, minuteOf, minutesBetween, startOf } from '../../src/domain/expiry-minute.js';
import { type Change, holdsStock, mayExpire, transition } from '../../src/domain/reservation.js';
import { aReservation, later, now } from '../builders.js';

const changes: Change[] = ['commit', 'release', 'release-held', 'expire'];

describe('a reservation', () => {
  it('changes along these ways only', () => {
    const ways = ReservationState.options.flatMap((state) =>
      changes.flatMap((change) => {
        const next = transition(state, change);
        return next ? [`${change}: ${next.from} -> ${next.to}`] : [];
      }),
    );

    expect(ways).toEqual([
      'commit: held -> committed',
      'release: held -> released',
      'release-held: held -> released',
      'expire: held -> expired',
      'release: committed -> returned',
    ]);
  });

  it('gives units back exactly when it stops holding them', () => {
    for (const state of ReservationState.options)
      for (const change of changes) {
        const next = transition(state, change);
        if (next) expect(next.givesBack).toBe(holdsStock(next.from) && !holdsStock(next.to));
      }
  });

  it('gives its units back at most once, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes)), (sequence) => {
        let state: ReservationState = 'held';
        let givenBack = 0;
        for (const change of sequence) {
          const next = transition(state, change);
          if (!next) continue;
          givenBack += next.givesBack ? 1 : 0;
          state = next.to;
        }
        expect(givenBack).toBe(holdsStock(state) ? 0 : 1);
      }),
    );
  });

  it('may expire from its end on, and can be committed all the time', () => {
    const reservation = aReservation(1);

    expect(mayExpire(reservation, later(14.99))).toBe(false);
    expect(mayExpire(reservation, later(15))).toBe(true);
    expect(mayExpire({ ...reservation, state: 'committed' }, later(60))).toBe(false);
    expect(transition('held', 'commit')?.to).toBe('committed');
  });
});

describe('minutes', () => {
  it('are counted in order and without gaps, over any boundary', () => {
    const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 500 }), (time, count) => {
        const first = minuteOf(time);
        const minutes = minutesBetween(first, after(first, count), 1000);
        expect(minutes).toHaveLength(count + 1);
        expect(minutes).toEqual([...minutes].sort());
        expect(startOf(first).getTime()).toBeLessThanOrEqual(time.getTime());
      }),
    );
  });

  it('are as many as the limit allows', () => {
    expect(minutesBetween(minuteOf(now), minuteOf(later(60)), 3)).toHaveLength(3);
    expect(minutesBetween(minuteOf(later(1)), minuteOf(now), 3)).toEqual([]);
  });
});
