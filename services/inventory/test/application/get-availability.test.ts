import { expect, it } from 'vitest';
import { makeGetAvailability } from '../../src/application/get-availability.js';
import { InMemoryInventory } from '../fakes/in-memory-inventory.js';

it('tells the free units of each SKU once, in the order asked for, none for what is not stocked', async () => {
  const stock = new InMemoryInventory();
  stock.units.set('MUG', 5);
  stock.units.set('CAP', 0);

  expect(await makeGetAvailability({ stock })(['CAP', 'GHOST', 'MUG', 'CAP'])).toEqual({
    items: [
      { sku: 'CAP', available: 0 },
      { sku: 'GHOST', available: 0 },
      { sku: 'MUG', available: 5 },
    ],
  });
});
