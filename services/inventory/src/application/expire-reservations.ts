import { after, type Minute, minuteOf, minutesBetween } from '../domain/expiry-minute.js';
import { mayExpire } from '../domain/reservation.js';
import type { ExpiryProgress, Reservations } from '../ports/reservations.js';
import type { ChangeReservation } from './change-reservation.js';

export interface ExpiryReport {
  readonly expired: number;
  /** Up to here everything is done. */
  readonly until: Minute;
}
export type ExpireReservations = () => Promise<ExpiryReport>;

/** How far back the very first run looks, and how much one run catches up after a stop. */
const FIRST_LOOK_BACK = 60;
const MINUTES_PER_RUN = 240;

/**
 * Gives back what was reserved and never paid. Works through whole minutes in order and remembers how far it
 * came, so that a stop of the schedule loses nothing. One that fails does not hold up the others.
 * @throws {AggregateError} at the end, of everything that failed
 */
export const makeExpireReservations =
  ({
    reservations,
    progress,
    changeReservation,
    now,
  }: {
    reservations: Reservations;
    progress: ExpiryProgress;
    changeReservation: ChangeReservation;
    now: () => Date;
  }): ExpireReservations =>
  async () => {
    const time = now();
    const current = minuteOf(time);
    let until = (await progress.read()) ?? after(current, -FIRST_LOOK_BACK);
    let expired = 0;
    const failures: unknown[] = [];
    for (const minute of minutesBetween(until, current, MINUTES_PER_RUN)) {
      for await (const id of reservations.heldUntil(minute)) {
        try {
          const changed = await changeReservation(id, 'expire', (reservation) =>
            mayExpire(reservation, time),
          );
          if (changed?.moved) expired += 1;
        } catch (error) {
          failures.push(error);
        }
      }
      // The current minute is not over, and a minute with a failure is looked at again.
      if (minute < current && failures.length === 0) {
        until = after(minute);
        await progress.advance(until);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be expired`);
    return { expired, until };
  };
