import { type CommitStockOutput, type OrderId, reservationIdOf } from '@shipline/contracts';
import type { ChangeReservation } from './change-reservation.js';

export type CommitStock = (input: { orderId: OrderId }) => Promise<CommitStockOutput>;

/**
 * The point of no return of a checkout: held becomes committed, and only then money is captured. Its
 * compensation is release-stock.
 */
export const makeCommitStock =
  ({ changeReservation }: { changeReservation: ChangeReservation }): CommitStock =>
  async ({ orderId }) => {
    const changed = await changeReservation(reservationIdOf(orderId), 'commit');
    const state = changed?.reservation.state ?? 'absent';
    return state === 'committed' && changed
      ? { committed: { reservationId: changed.reservation.id } }
      : { gone: { state } };
  };
