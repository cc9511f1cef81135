import { systemClock as now } from '@shipline/lambda-kit/clock';
import { createMeasure } from '@shipline/lambda-kit/metrics';
import { scheduledEntry } from '@shipline/lambda-kit/scheduled-entry';
import { makeExpireReservations } from '../application/expire-reservations.js';
import { openInventory } from '../composition.js';

const inventory = openInventory();
const measure = createMeasure();

export const handler = scheduledEntry(async ({ logger }) => {
  const expireReservations = makeExpireReservations({
    ...inventory,
    now,
    measure,
    onFailure: (reservationId, error) =>
      logger.error('reservation not expired', { reservationId, error: error as Error }),
  });
  return { ...(await expireReservations()) };
});
