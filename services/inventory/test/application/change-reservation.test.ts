import { reservationIdOf } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { makeChangeReservation, StockContention } from '../../src/application/change-reservation.js';
import { makeCommitStock } from '../../src/application/commit-stock.js';
import { makeReleaseHeldStock, makeReleaseStock } from '../../src/application/release-stock.js';
import { aReservation, line, orderIdOf } from '../builders.js';
import { InMemoryInventory } from '../fakes/in-memory-inventory.js';

const orderId = orderIdOf(1);

async function setup() {
  const inventory = new InMemoryInventory();
  inventory.units.set('MUG', 5);
  await inventory.add(aReservation(1, [line('MUG', 3)]));
  const patience = { random: () => 0, sleep: async () => {} };
  const changeReservation = makeChangeReservation({ reservations: inventory, patience });
  const set = (state: 'committed' | 'released' | 'expired' | 'returned') => {
    const id = reservationIdOf(orderId);
    const reservation = inventory.reservations.get(id);
    if (reservation) inventory.reservations.set(id, { ...reservation, state });
  };
  return {
    inventory,
    set,
    changeReservation,
    commit: makeCommitStock({ changeReservation }),
    release: makeReleaseStock({ changeReservation }),
    releaseHeld: makeReleaseHeldStock({ changeReservation }),
    free: () => inventory.units.get('MUG'),
  };
}

describe('committing stock', () => {
  it('succeeds once and again', async () => {
    const { commit, free } = await setup();
    const committed = { committed: { reservationId: reservationIdOf(orderId) } };

    expect(await commit({ orderId })).toEqual(committed);
    expect(await commit({ orderId })).toEqual(committed);
    expect(free()).toBe(2);
  });

  it.each(['released', 'expired', 'returned'] as const)('finds it gone when it is %s', async (state) => {
    const { commit, set } = await setup();
    set(state);

    expect(await commit({ orderId })).toEqual({ gone: { state } });
  });

  it('finds it gone when it never was', async () => {
    const { commit } = await setup();

    expect(await commit({ orderId: orderIdOf(2) })).toEqual({ gone: { state: 'absent' } });
  });

  it('finds it gone when expiry comes between reading and writing', async () => {
    const { commit, inventory, set } = await setup();
    inventory.beforeMove = () => set('expired');

    expect(await commit({ orderId })).toEqual({ gone: { state: 'expired' } });
  });
});

describe('releasing stock', () => {
  it('gives back what was held, once', async () => {
    const { release, free } = await setup();

    expect(await release({ orderId })).toEqual({ released: { state: 'released' } });
    expect(await release({ orderId })).toEqual({ released: { state: 'released' } });
    expect(free()).toBe(5);
  });

  it('gives back what was committed, once', async () => {
    const { commit, release, free } = await setup();
    await commit({ orderId });

    expect(await release({ orderId })).toEqual({ released: { state: 'returned' } });
    expect(await release({ orderId })).toEqual({ released: { state: 'returned' } });
    expect(free()).toBe(5);
  });

  it('has nothing to do for an order without a reservation', async () => {
    const { release } = await setup();

    expect(await release({ orderId: orderIdOf(2) })).toEqual({ released: { state: 'absent' } });
  });

  it('tries again while others are at the stock, and gives up with a fault', async () => {
    const { release, inventory, free } = await setup();
    inventory.busyTimes = 5;
    expect(await release({ orderId })).toEqual({ released: { state: 'released' } });
    expect(free()).toBe(5);

    const { release: stuck, inventory: contended } = await setup();
    contended.busyTimes = 100;
    await expect(stuck({ orderId })).rejects.toThrow(StockContention);
  });
});

describe('releasing what is held', () => {
  it('gives it back', async () => {
    const { releaseHeld, free } = await setup();

    expect(await releaseHeld({ orderId })).toEqual({ released: { state: 'released' } });
    expect(free()).toBe(5);
  });

  it('leaves what is committed: its payment may be captured', async () => {
    const { commit, releaseHeld, free } = await setup();
    await commit({ orderId });

    expect(await releaseHeld({ orderId })).toEqual({ released: { state: 'committed' } });
    expect(free()).toBe(2);
  });
});
