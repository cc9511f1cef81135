import { systemClock as now } from '@shipline/lambda-kit/clock';
import { scheduledEntry } from '@shipline/lambda-kit/scheduled-entry';
import { makeExpireReservations } from '../application/expire-reservations.js';
import { openInventory } from '../composition.js';

const inventory = openInventory();

export const handler = scheduledEntry(async ({ logger }) => {
  const expireReservations = makeExpireReservations({
    ...inventory,
    now,
    onFailure: (reservationId, error) =>
      logger.error('reservation not expired', { reservationId, error: error as Error }),
  });
  return { ...(await expireReservations()) };
});
