import type { ReservationId, Sku } from '@shipline/contracts';
import type { Minute } from '../domain/expiry-minute.js';
import type { Reservation, Transition } from '../domain/reservation.js';

/**
 * `exists`: another reservation has this id; it is told before anything about stock, because a repeated request
 * can fail both. `short`: at least one SKU had too few units. `busy`: another transaction was at the same items.
 */
export type AddOutcome = 'added' | 'exists' | 'short' | 'busy';

/** `changed`: the reservation was no longer in the state that the transition starts from. */
export type MoveOutcome = 'moved' | 'changed' | 'busy';

/** Reservations and the stock that they take from: one store, because every change touches both or neither. */
export interface Reservations {
  /** Strongly consistent. */
  find(id: ReservationId): Promise<Reservation | undefined>;
  /** All or nothing: stores the reservation and takes its units from the free stock. */
  add(reservation: Reservation): Promise<AddOutcome>;
  /** All or nothing: the new state and, where the transition says so, the units back to the free stock. */
  move(reservation: Reservation, transition: Transition): Promise<MoveOutcome>;
  /** Held reservations that end within this minute. May lag behind a little. */
  heldUntil(minute: Minute): AsyncIterable<ReservationId>;
}

export interface Stock {
  /** Free units by SKU; a SKU that was never stocked has none. `strong` sees every finished write. */
  freeUnits(skus: readonly Sku[], options: { strong: boolean }): Promise<ReadonlyMap<Sku, number>>;
}

/** Where expiry stands: every minute before it was looked at to the end. */
export interface ExpiryProgress {
  read(): Promise<Minute | undefined>;
  /** Never moves backwards. */
  advance(to: Minute): Promise<void>;
}
