import type { CloseOrderInput, ParkOrderOutput } from '@shipline/contracts';
import { advance } from '../domain/order.js';
import type { ChangeOrder } from './change-order.js';

export type ParkOrder = (input: Pick<CloseOrderInput, 'orderId' | 'reason'>) => Promise<ParkOrderOutput>;

/** Puts an unfinished order aside for somebody to look at. What is settled already stays as it is. */
export const makeParkOrder =
  ({ changeOrder, now }: { changeOrder: ChangeOrder; now: () => Date }): ParkOrder =>
  async ({ orderId, reason }) => {
    const { status } = await changeOrder(orderId, (order) =>
      advance(order, 'checkout-parked', { at: now(), reason }),
    );
    return { parked: { status } };
  };
