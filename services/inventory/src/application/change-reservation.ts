import type { ReservationId } from '@shipline/contracts';
import { backoff } from '../domain/backoff.js';
import { type Change, type Reservation, transition } from '../domain/reservation.js';
import type { Patience } from '../ports/patience.js';
import type { Reservations } from '../ports/reservations.js';

const ATTEMPTS = 6;

/** Other transactions were at the same items for too long: a fault, and whoever asked will ask again. */
export class StockContention extends Error {
  override readonly name = 'StockContention';
}

/** The reservation as it is afterwards, and whether this call changed it. */
export interface Changed {
  readonly reservation: Reservation;
  readonly moved: boolean;
}
export type ChangeReservation = (
  id: ReservationId,
  change: Change,
  permitted?: (reservation: Reservation) => boolean,
) => Promise<Changed | undefined>;

/**
 * Reads the reservation, decides, and writes under the condition that its state is still the one that was read:
 * however often and from wherever it is called, units go back exactly once. Undefined where there is none.
 * @throws {StockContention}
 */
export const makeChangeReservation =
  ({ reservations, patience }: { reservations: Reservations; patience: Patience }): ChangeReservation =>
  async (id, change, permitted = () => true) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const reservation = await reservations.find(id);
      if (!reservation) return undefined;
      const next = transition(reservation.state, change);
      if (!next || !permitted(reservation)) return { reservation, moved: false };
      const outcome = await reservations.move(reservation, next);
      if (outcome === 'moved') return { reservation: { ...reservation, state: next.to }, moved: true };
      if (outcome === 'busy') await patience.sleep(backoff(attempt, patience.random));
    }
    throw new StockContention(id);
  };
