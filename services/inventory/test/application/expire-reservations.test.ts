import type { ReservationId } from '@shipline/contracts';
import type { Measurement } from '@shipline/lambda-kit/measurement';
import { describe, expect, it } from 'vitest';
import { makeChangeReservation } from '../../src/application/change-reservation.js';
import { makeExpireReservations } from '../../src/application/expire-reservations.js';
import { after, minuteOf } from '../../src/domain/expiry-minute.js';
import { aReservation, later, line, now } from '../builders.js';
import { InMemoryExpiryProgress, InMemoryInventory } from '../fakes/in-memory-inventory.js';

function setup() {
  const inventory = new InMemoryInventory();
  inventory.units.set('MUG', 100);
  const progress = new InMemoryExpiryProgress();
  const changeReservation = makeChangeReservation({
    reservations: inventory,
    patience: { random: () => 0, sleep: async () => {} },
  });
  const told: (readonly [ReservationId, unknown])[] = [];
  const measured: Measurement[] = [];
  const expireAt = (time: Date) =>
    makeExpireReservations({
      reservations: inventory,
      progress,
      changeReservation,
      now: () => time,
      measure: (one) => void measured.push(one),
      onFailure: (id, error) => told.push([id, error]),
    })();
  const holdAt = (number: number, time: Date) => inventory.add(aReservation(number, [line('MUG', 1)], time));
  const states = () => [...inventory.reservations.values()].map(({ state }) => state);
  return { inventory, progress, expireAt, holdAt, states, told, measured };
}

describe('expiring reservations', () => {
  it('leaves alone what has not come to its end', async () => {
    const { expireAt, holdAt, states } = setup();
    await holdAt(1, now);

    expect(await expireAt(later(14))).toMatchObject({ expired: 0 });
    expect(states()).toEqual(['held']);
  });

  it('gives the units back from the end on', async () => {
    const { expireAt, holdAt, inventory, states, measured } = setup();
    await holdAt(1, now);

    expect(await expireAt(later(15))).toMatchObject({ expired: 1 });
    expect(await expireAt(later(15))).toMatchObject({ expired: 0 });
    expect(states()).toEqual(['expired']);
    expect(measured).toEqual([{ name: 'ReservationsExpired', value: 1 }]);
    expect(inventory.units.get('MUG')).toBe(100);
  });

  it('looks at the current minute again, because it is not over', async () => {
    const { expireAt, holdAt, progress } = setup();
    await holdAt(1, now);
    await holdAt(2, new Date(now.getTime() + 20_000));

    expect(await expireAt(later(15))).toMatchObject({ expired: 1 });
    expect(progress.minute).toBe(minuteOf(later(15)));
    expect(await expireAt(later(16))).toMatchObject({ expired: 1 });
    expect(progress.minute).toBe(minuteOf(later(16)));
  });

  it('catches up after a stop, a bounded stretch per run', async () => {
    const { expireAt, holdAt, states } = setup();
    await expireAt(now);
    await holdAt(1, now);
    await holdAt(2, later(400));

    const first = await expireAt(later(600));
    expect(first).toEqual({ expired: 1, until: after(minuteOf(now), 240) });
    await expireAt(later(601));
    await expireAt(later(602));

    expect(states()).toEqual(['expired', 'expired']);
  });

  it('does not touch what was committed in the meantime', async () => {
    const { expireAt, holdAt, inventory, states } = setup();
    await holdAt(1, now);
    for (const [id, reservation] of inventory.reservations)
      inventory.reservations.set(id, { ...reservation, state: 'committed' });
    // The index lags behind: it still tells of the reservation.
    inventory.heldUntil = async function* () {
      yield* inventory.reservations.keys();
    };

    expect(await expireAt(later(20))).toMatchObject({ expired: 0 });
    expect(states()).toEqual(['committed']);
  });

  it('is not held up by one that fails: it expires the others, fails, and comes back to it', async () => {
    const { expireAt, holdAt, inventory, progress, states, told } = setup();
    await holdAt(1, now);
    await holdAt(2, later(2));
    const find = inventory.find.bind(inventory);
    const broken = aReservation(1).id;
    inventory.find = async (id) => {
      if (id === broken) throw new Error('unreadable');
      return find(id);
    };

    await expect(expireAt(later(20))).rejects.toThrow('1 could not be expired');
    expect(states()).toEqual(['held', 'expired']);
    expect(told).toEqual([[broken, new Error('unreadable')]]);
    expect(progress.minute).toBe(minuteOf(later(15)));

    inventory.find = find;
    expect(await expireAt(later(21))).toMatchObject({ expired: 1 });
  });

  it('is not held up by one that never stops failing, however long ago it ended', async () => {
    const { expireAt, holdAt, inventory, progress, states } = setup();
    await holdAt(1, now);
    await holdAt(2, later(600));
    const find = inventory.find.bind(inventory);
    inventory.find = async (id) => {
      if (id === aReservation(1).id) throw new Error('unreadable');
      return find(id);
    };
    await expect(expireAt(later(20))).rejects.toThrow('1 could not be expired');

    await expect(expireAt(later(620))).rejects.toThrow('1 could not be expired');
    expect(states()).toEqual(['held', 'expired']);
    expect(progress.minute).toBe(minuteOf(later(15)));
  });

  it('remembers no minute of which it skipped an earlier one', async () => {
    const { expireAt, holdAt, states } = setup();
    await expireAt(now);
    await holdAt(1, later(300));
    await holdAt(2, later(580));

    expect(await expireAt(later(600))).toEqual({ expired: 1, until: after(minuteOf(now), 240) });
    expect(states()).toEqual(['held', 'expired']);
    expect(await expireAt(later(601))).toMatchObject({ expired: 1 });
  });
});
