import { ReservationState, type ReserveReply, type Sku } from '@shipline/contracts';
import { contract } from '@shipline/testing/contract';
import { beforeEach, expect, it } from 'vitest';
import { makeChangeReservation } from '../../src/application/change-reservation.js';
import { makeReserveStock } from '../../src/application/reserve-stock.js';
import { after, minuteOf } from '../../src/domain/expiry-minute.js';
import { type Change, type Reservation, transition } from '../../src/domain/reservation.js';
import type { ExpiryProgress, Reservations, Stock } from '../../src/ports/reservations.js';
import { aRequest, aReservation, line, now } from '../builders.js';

export interface Inventory {
  readonly reservations: Reservations;
  readonly stock: Stock;
  readonly progress: ExpiryProgress;
  readonly stockUp: (units: Readonly<Record<Sku, number>>) => Promise<void>;
}

const twoLines = [line('MUG', 3), line('CAP', 1)];
const impatient = { random: Math.random, sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, ms)) };

/** What every store of reservations and stock must do, the fake and DynamoDB alike. */
export const describeInventory = contract<Inventory>('inventory', (inventory) => {
  beforeEach(() => inventory().stockUp({ MUG: 5, CAP: 2 }));
  const free = async (...skus: Sku[]) =>
    Object.fromEntries(await inventory().stock.freeUnits(skus, { strong: true }));
  const held = async (number = 1, lines = twoLines): Promise<Reservation> => {
    const reservation = aReservation(number, lines);
    expect(await inventory().reservations.add(reservation)).toBe('added');
    return reservation;
  };
  const dueIn = async (minute = minuteOf(aReservation(1).expiresAt)) => {
    const ids: string[] = [];
    for await (const id of inventory().reservations.heldUntil(minute)) ids.push(id);
    return ids.sort();
  };

  it('stores a reservation with its prices and takes its units', async () => {
    const reservation = await held();

    expect(await inventory().reservations.find(reservation.id)).toEqual(reservation);
    expect(await free('MUG', 'CAP')).toEqual({ MUG: 2, CAP: 1 });
  });

  it('takes nothing when one line is short', async () => {
    const reservation = aReservation(1, [line('MUG', 1), line('CAP', 3)]);

    expect(await inventory().reservations.add(reservation)).toBe('short');
    expect(await inventory().reservations.find(reservation.id)).toBeUndefined();
    expect(await free('MUG', 'CAP')).toEqual({ MUG: 5, CAP: 2 });
  });

  it('is short of what was never stocked', async () => {
    expect(await inventory().reservations.add(aReservation(1, [line('GHOST', 1)]))).toBe('short');
    expect(await free('GHOST')).toEqual({});
  });

  it('tells of an existing reservation even when the stock is short as well', async () => {
    await held(1, [line('MUG', 5)]);

    expect(await inventory().reservations.add(aReservation(1, [line('MUG', 5)]))).toBe('exists');
    expect(await free('MUG')).toEqual({ MUG: 0 });
  });

  it('moves by what was decided: units go back where the transition says so', async () => {
    for (const [number, change, units] of [
      [1, 'commit', 2],
      [2, 'release', 5],
      [3, 'expire', 5],
    ] as const) {
      await inventory().stockUp({ MUG: 5 });
      const reservation = await held(number, [line('MUG', 3)]);
      const next = moveOf('held', change);

      expect(await inventory().reservations.move(reservation, next)).toBe('moved');

      expect((await inventory().reservations.find(reservation.id))?.state).toBe(next.to);
      expect(await free('MUG')).toEqual({ MUG: units });
    }
  });

  it('gives units back once, however often it is asked to', async () => {
    const reservation = await held(1, [line('MUG', 3)]);
    const release = moveOf('held', 'release');

    const outcomes = await Promise.all(
      [1, 2, 3].map(() => inventory().reservations.move(reservation, release)),
    );

    expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
    expect(await free('MUG')).toEqual({ MUG: 5 });
  });

  it('does not move from another state than the transition’s', async () => {
    const reservation = await held();

    expect(await inventory().reservations.move(reservation, moveOf('committed', 'release'))).toBe('changed');
    expect(await free('MUG')).toEqual({ MUG: 2 });
  });

  it('does not move what is not there', async () => {
    expect(await inventory().reservations.move(aReservation(9), moveOf('held', 'commit'))).toBe('changed');
  });

  it('finds what is held until a minute, and only while it is held', async () => {
    const [first, second] = [await held(1, [line('MUG', 1)]), await held(2, [line('MUG', 1)])];
    expect(await dueIn()).toEqual([first.id, second.id].sort());
    expect(await dueIn(after(minuteOf(first.expiresAt)))).toEqual([]);

    await inventory().reservations.move(first, moveOf('held', 'commit'));
    await inventory().reservations.move(second, moveOf('held', 'release'));

    expect(await dueIn()).toEqual([]);
  });

  it('remembers how far expiry came, and never less', async () => {
    expect(await inventory().progress.read()).toBeUndefined();
    await inventory().progress.advance(minuteOf(now));
    await inventory().progress.advance(after(minuteOf(now), -5));

    expect(await inventory().progress.read()).toBe(minuteOf(now));
  });

  it('sells exactly the last ten units to fifty who ask at once, and ask again while it is busy', async () => {
    await inventory().stockUp({ LAST: 10 });
    const reserve = makeReserveStock({ ...inventory(), patience: impatient, now: () => now });
    const insist = async (number: number): Promise<ReserveReply> => {
      const reply = await reserve(aRequest(100 + number, [line('LAST', 1)]));
      return 'refused' in reply && reply.refused.code === 'STOCK_BUSY' ? insist(number) : reply;
    };

    const replies = await Promise.all(Array.from({ length: 50 }, (_, number) => insist(number)));

    expect(replies.filter((reply) => 'reserved' in reply)).toHaveLength(10);
    const soldOut = { refused: { code: 'SOLD_OUT', skus: ['LAST'] } };
    expect(replies.filter((reply) => 'refused' in reply)).toEqual(Array(40).fill(soldOut));
    expect(await free('LAST')).toEqual({ LAST: 0 });
  });

  it('reserves once for ten identical requests at once', async () => {
    const reserve = makeReserveStock({ ...inventory(), patience: impatient, now: () => now });

    const replies = await Promise.all(Array.from({ length: 10 }, () => reserve(aRequest(1, twoLines))));

    const [first] = replies.filter((reply) => 'reserved' in reply);
    const busy = { refused: { code: 'STOCK_BUSY' } };
    for (const reply of replies) expect([first, busy]).toContainEqual(reply);
    expect(await free('MUG', 'CAP')).toEqual({ MUG: 2, CAP: 1 });
  });

  it('lets one of commit, release and expiry win, and keeps the units right', async () => {
    const changeReservation = makeChangeReservation({ ...inventory(), patience: impatient });
    const changes: Change[] = ['commit', 'release-held', 'expire'];
    for (let number = 1; number <= 10; number += 1) {
      await inventory().stockUp({ MUG: 5 });
      const { id } = await held(number, [line('MUG', 3)]);

      const outcomes = await Promise.all(changes.map((change) => changeReservation(id, change)));

      expect(outcomes.filter((outcome) => outcome?.moved)).toHaveLength(1);
      const state = ReservationState.parse((await inventory().reservations.find(id))?.state);
      expect(await free('MUG')).toEqual({ MUG: state === 'committed' ? 2 : 5 });
    }
  });
});

function moveOf(state: ReservationState, change: Change) {
  const next = transition(state, change);
  if (!next) throw new TypeError(`${change} does nothing to ${state}`);
  return next;
}
