import { describeInventory } from '../contracts/inventory-contract.js';
import { InMemoryExpiryProgress, InMemoryInventory } from './in-memory-inventory.js';

describeInventory('The fake', () => {
  const inventory = new InMemoryInventory();
  return {
    reservations: inventory,
    stock: inventory,
    progress: new InMemoryExpiryProgress(),
    stockUp: async (units) => {
      for (const [sku, count] of Object.entries(units)) inventory.units.set(sku, count);
    },
  };
});
