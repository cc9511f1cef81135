import type { ReservationId, Sku } from '@shipline/contracts';
import { type Minute, minuteOf } from '../../src/domain/expiry-minute.js';
import type { Reservation, Transition } from '../../src/domain/reservation.js';
import type {
  AddOutcome,
  ExpiryProgress,
  MoveOutcome,
  Reservations,
  Stock,
} from '../../src/ports/reservations.js';

/** The table in memory. `busyTimes` makes that many of the next transactions conflict. */
export class InMemoryInventory implements Reservations, Stock {
  readonly reservations = new Map<ReservationId, Reservation>();
  readonly units = new Map<Sku, number>();
  busyTimes = 0;
  /** Runs between a read and the write that follows it: where another writer would come in. */
  beforeMove: (() => void) | undefined;

  async find(id: ReservationId): Promise<Reservation | undefined> {
    return this.reservations.get(id);
  }

  async add(reservation: Reservation): Promise<AddOutcome> {
    if (this.reservations.has(reservation.id)) return 'exists';
    if (this.conflicts()) return 'busy';
    if (reservation.lines.some(({ sku, quantity }) => this.free(sku) < quantity)) return 'short';
    for (const { sku, quantity } of reservation.lines) this.units.set(sku, this.free(sku) - quantity);
    this.reservations.set(reservation.id, reservation);
    return 'added';
  }

  async move({ id }: Reservation, { from, to, givesBack }: Transition): Promise<MoveOutcome> {
    this.beforeMove?.();
    if (this.conflicts()) return 'busy';
    const current = this.reservations.get(id);
    if (current?.state !== from) return 'changed';
    this.reservations.set(id, { ...current, state: to });
    if (givesBack)
      for (const { sku, quantity } of current.lines) this.units.set(sku, this.free(sku) + quantity);
    return 'moved';
  }

  async *heldUntil(minute: Minute): AsyncIterable<ReservationId> {
    const due = [...this.reservations.values()].filter(
      ({ state, expiresAt }) => state === 'held' && minuteOf(expiresAt) === minute,
    );
    for (const { id } of due) yield id;
  }

  async freeUnits(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
    return new Map(skus.flatMap((sku) => (this.units.has(sku) ? [[sku, this.free(sku)] as const] : [])));
  }

  private free(sku: Sku): number {
    return this.units.get(sku) ?? 0;
  }

  private conflicts(): boolean {
    if (this.busyTimes === 0) return false;
    this.busyTimes -= 1;
    return true;
  }
}

export class InMemoryExpiryProgress implements ExpiryProgress {
  minute: Minute | undefined;

  async read(): Promise<Minute | undefined> {
    return this.minute;
  }

  async advance(to: Minute): Promise<void> {
    if (this.minute === undefined || this.minute < to) this.minute = to;
  }
}
