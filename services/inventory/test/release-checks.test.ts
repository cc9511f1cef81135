import { ReserveRequest, TaskInput } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { fixedClock, recordingLogger } from '@shipline/testing';
import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { makeChangeReservation } from '../src/application/change-reservation.js';
import { makeCommitStock } from '../src/application/commit-stock.js';
import { makeGetAvailability } from '../src/application/get-availability.js';
import { makeReleaseStock } from '../src/application/release-stock.js';
import { makeReserveStock } from '../src/application/reserve-stock.js';
import { holdsStock } from '../src/domain/reservation.js';
import { inventoryApi } from '../src/handlers/inventory-api.js';
import { inventoryReleaseChecks } from '../src/release-checks.js';
import { now } from './builders.js';
import { InMemoryInventory } from './fakes/in-memory-inventory.js';

describeReleaseChecks(inventoryReleaseChecks({ sku: 'MUG' }), () => {
  const inventory = new InMemoryInventory();
  inventory.units.set('MUG', 5);
  const stores = { reservations: inventory, stock: inventory };
  const patience = { random: () => 0, sleep: async () => {} };
  const changeReservation = makeChangeReservation({ ...stores, patience });
  const options = { logger: recordingLogger() };
  return {
    handlers: {
      api: httpEntry(inventoryApi({ getAvailability: makeGetAvailability(stores) }), options),
      reserve: taskEntry(
        ReserveRequest,
        makeReserveStock({ ...stores, patience, now: fixedClock(now) }),
        options,
      ),
      'commit-stock': taskEntry(TaskInput, makeCommitStock({ changeReservation }), options),
      'release-stock': taskEntry(TaskInput, makeReleaseStock({ changeReservation }), options),
    },
    state: () => ({
      units: inventory.units,
      holding: [...inventory.reservations.values()].filter(({ state }) => holdsStock(state)),
    }),
    stored: () => ({ units: inventory.units, reservations: inventory.reservations }),
  };
});
