import { describe, expect, it } from 'vitest';
import { makeReserveStock } from '../../src/application/reserve-stock.js';
import { aRequest, later, line, now } from '../builders.js';
import { InMemoryInventory } from '../fakes/in-memory-inventory.js';

function setup(units: Record<string, number> = { MUG: 5, CAP: 2 }) {
  const inventory = new InMemoryInventory();
  for (const [sku, count] of Object.entries(units)) inventory.units.set(sku, count);
  const waits: number[] = [];
  const patience = {
    random: () => 0.5,
    sleep: async (ms: number) => {
      waits.push(ms);
    },
  };
  const reserve = makeReserveStock({ reservations: inventory, stock: inventory, patience, now: () => now });
  return { inventory, waits, reserve };
}

describe('reserving stock', () => {
  it('holds the lines for fifteen minutes at the prices given', async () => {
    const { inventory, reserve } = setup();
    const request = aRequest(1, [line('CAP', 1), line('MUG', 2)]);

    expect(await reserve(request)).toEqual({
      reserved: {
        reservationId: request.orderId.replace('ord_', 'res_'),
        expiresAt: later(15).toISOString(),
        lines: request.lines,
        total: request.total,
      },
    });
    expect(Object.fromEntries(inventory.units)).toEqual({ MUG: 3, CAP: 1 });
  });

  it('answers the same request again with the first prices and takes nothing more', async () => {
    const { inventory, reserve } = setup();
    const first = await reserve(aRequest(1));
    const dearer = { ...line('MUG', 1), unitPrice: { amount: 999, currency: 'USD' } };

    expect(await reserve(aRequest(1, [dearer]))).toEqual(first);
    expect(inventory.units.get('MUG')).toBe(4);
  });

  it('refuses the same key with another body', async () => {
    const { reserve } = setup();
    await reserve(aRequest(1));

    expect(await reserve(aRequest(1, [line('MUG', 2)], { bodyHash: 'b'.repeat(64) }))).toEqual({
      refused: { code: 'BODY_MISMATCH' },
    });
  });

  it.each(['committed', 'released', 'expired', 'returned'] as const)(
    'refuses when its reservation is %s',
    async (state) => {
      const { inventory, reserve } = setup();
      await reserve(aRequest(1));
      for (const [id, reservation] of inventory.reservations)
        inventory.reservations.set(id, { ...reservation, state });

      expect(await reserve(aRequest(1))).toEqual({ refused: { code: 'RESERVATION_CLOSED' } });
    },
  );

  it('names what is sold out and holds nothing', async () => {
    const { inventory, reserve } = setup();

    expect(await reserve(aRequest(1, [line('MUG', 6), line('CAP', 1), line('GHOST', 1)]))).toEqual({
      refused: { code: 'SOLD_OUT', skus: ['MUG', 'GHOST'] },
    });
    expect(inventory.reservations.size).toBe(0);
  });

  it('tries again when a strong read shows enough after all', async () => {
    const { inventory, reserve, waits } = setup({ MUG: 0 });
    const read = inventory.freeUnits.bind(inventory);
    inventory.freeUnits = async (skus) => {
      inventory.units.set('MUG', 1);
      return read(skus);
    };

    expect(await reserve(aRequest(1))).toHaveProperty('reserved');
    expect(waits).toHaveLength(1);
  });

  it('waits longer and longer, with jitter, while others are at the stock', async () => {
    const { inventory, reserve, waits } = setup();
    inventory.busyTimes = 3;

    expect(await reserve(aRequest(1))).toHaveProperty('reserved');
    expect(waits).toEqual([12.5, 25, 50]);
  });

  it('is busy, not sold out, when the others do not stop', async () => {
    const { inventory, reserve, waits } = setup();
    inventory.busyTimes = 100;

    expect(await reserve(aRequest(1))).toEqual({ refused: { code: 'STOCK_BUSY' } });
    expect(waits).toHaveLength(5);
    expect(inventory.units.get('MUG')).toBe(5);
  });
});
