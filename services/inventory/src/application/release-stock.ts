import { type OrderId, type ReleaseStockOutput, reservationIdOf } from '@shipline/contracts';
import type { ChangeReservation } from './change-reservation.js';

export type ReleaseStock = (input: { orderId: OrderId }) => Promise<ReleaseStockOutput>;

/**
 * Compensation of reserve-stock and commit-stock: held becomes released, committed becomes returned. Only for
 * orders whose payment is known to be void or refunded.
 */
export const makeReleaseStock =
  ({ changeReservation }: { changeReservation: ChangeReservation }): ReleaseStock =>
  async ({ orderId }) => {
    const changed = await changeReservation(reservationIdOf(orderId), 'release');
    return { released: { state: changed?.reservation.state ?? 'absent' } };
  };

/** For an order whose payment may still be under way: only stock that is held goes back. */
export const makeReleaseHeldStock =
  ({ changeReservation }: { changeReservation: ChangeReservation }): ReleaseStock =>
  async ({ orderId }) => {
    const changed = await changeReservation(reservationIdOf(orderId), 'release-held');
    return { released: { state: changed?.reservation.state ?? 'absent' } };
  };
