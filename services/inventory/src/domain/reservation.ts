import type { Money, OrderId, PricedLine, ReservationId, ReservationState } from '@shipline/contracts';

/** Longer than everything that Authorise may take, retries included. */
export const RESERVATION_MINUTES = 15;

/** Stock set aside for one order, with the prices that were agreed on. */
export interface Reservation {
  readonly id: ReservationId;
  readonly orderId: OrderId;
  /** sha256 (hex) of the request that asked for it. */
  readonly bodyHash: string;
  readonly lines: readonly PricedLine[];
  readonly total: Money;
  readonly state: ReservationState;
  readonly createdAt: Date;
  /** From then on it may be expired. Until somebody does so it can still be committed. */
  readonly expiresAt: Date;
}

export type NewReservation = Omit<Reservation, 'state' | 'createdAt' | 'expiresAt'>;

export function hold(reservation: NewReservation, now: Date): Reservation {
  const expiresAt = new Date(now.getTime() + RESERVATION_MINUTES * 60_000);
  return { ...reservation, state: 'held', createdAt: now, expiresAt };
}

/** `expire` and `release-held` touch only what is held; `release` undoes whatever holds stock. */
export type Change = 'commit' | 'release' | 'release-held' | 'expire';

export interface Transition {
  readonly from: ReservationState;
  readonly to: ReservationState;
  /** Whether the units go back to the free stock, in the same transaction. */
  readonly givesBack: boolean;
}

const back = { givesBack: true } as const;
const transitions: Record<Change, Partial<Record<ReservationState, Omit<Transition, 'from'>>>> = {
  commit: { held: { to: 'committed', givesBack: false } },
  release: { held: { to: 'released', ...back }, committed: { to: 'returned', ...back } },
  'release-held': { held: { to: 'released', ...back } },
  expire: { held: { to: 'expired', ...back } },
};

/** What a change does to a reservation in `state`; undefined where it leaves it as it is. */
export function transition(state: ReservationState, change: Change): Transition | undefined {
  const next = transitions[change][state];
  return next && { from: state, ...next };
}

/** The clock only permits expiry; it never refuses a commit. */
export const mayExpire = ({ state, expiresAt }: Reservation, now: Date): boolean =>
  transition(state, 'expire') !== undefined && expiresAt.getTime() <= now.getTime();

/** Units that are not free: they are in neither `released` nor `returned` nor `expired` reservations. */
export const holdsStock = (state: ReservationState): boolean => state === 'held' || state === 'committed';
