import type { ReservationId } from '@shipline/contracts';
import type { Measure } from '@shipline/lambda-kit/measurement';
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

export interface ExpireReservationsDeps {
  readonly reservations: Reservations;
  readonly progress: ExpiryProgress;
  readonly changeReservation: ChangeReservation;
  readonly now: () => Date;
  readonly measure: Measure;
  /** Told of each one as it fails, and of why. */
  readonly onFailure: (id: ReservationId, error: unknown) => void;
}

/** How far back the very first run looks, and how much one run catches up after a stop. */
const FIRST_LOOK_BACK = 60;
const MINUTES_PER_RUN = 240;
/** What every run looks at, whatever it still has to catch up with. */
const RECENT_MINUTES = 30;

/**
 * Gives back what was reserved and never paid. Works through whole minutes in order and remembers how far it
 * came, so that a stop of the schedule loses nothing. One that fails keeps its minute from being remembered as
 * done, and holds up no other: each run also visits the recent minutes, however far behind the remembered one is.
 * @throws {AggregateError} at the end, of everything that failed
 */
export const makeExpireReservations =
  ({
    reservations,
    progress,
    changeReservation,
    now,
    measure,
    onFailure,
  }: ExpireReservationsDeps): ExpireReservations =>
  async () => {
    const time = now();
    const current = minuteOf(time);
    let until = (await progress.read()) ?? after(current, -FIRST_LOOK_BACK);
    let expired = 0;
    const failures: unknown[] = [];
    const finished = new Set<Minute>();
    for (const minute of minutesToVisit(until, current)) {
      const failedBefore = failures.length;
      for await (const id of reservations.heldUntil(minute)) {
        try {
          const changed = await changeReservation(id, 'expire', (reservation) =>
            mayExpire(reservation, time),
          );
          if (!changed?.moved) continue;
          expired += 1;
          measure({ name: 'ReservationsExpired', value: 1 });
        } catch (error) {
          failures.push(error);
          onFailure(id, error);
        }
      }
      // The current minute is not over, and a minute with a failure is looked at again.
      if (minute < current && failures.length === failedBefore) finished.add(minute);
      if (finished.has(until)) {
        while (finished.has(until)) until = after(until);
        await progress.advance(until);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be expired`);
    return { expired, until };
  };

/** The recent ones come first: a long way to catch up must not use up the time for them. */
function minutesToVisit(until: Minute, current: Minute): Set<Minute> {
  const recent = after(current, -RECENT_MINUTES);
  return new Set([
    ...minutesBetween(until > recent ? until : recent, current, RECENT_MINUTES + 1),
    ...minutesBetween(until, current, MINUTES_PER_RUN),
  ]);
}
