import { systemClock } from '@shipline/lambda-kit/clock';
import { scheduledEntry } from '@shipline/lambda-kit/scheduled-entry';
import { makeExpireReservations } from '../application/expire-reservations.js';
import { openInventory } from '../composition.js';

const expireReservations = makeExpireReservations({ ...openInventory(), now: systemClock });

export const handler = scheduledEntry(async () => ({ ...(await expireReservations()) }));
