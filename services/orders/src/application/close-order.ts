import type { CloseOrderInput, CloseOrderOutput } from '@shipline/contracts';
import { applyVoid } from '../domain/order.js';
import type { ChangeOrder } from './change-order.js';

export type CloseOrder = (input: Pick<CloseOrderInput, 'orderId' | 'reason'>) => Promise<CloseOrderOutput>;

/** The checkout's last step after a void: refused, or cancelled where the customer had asked for it. */
export const makeCloseOrder =
  ({ changeOrder, now }: { changeOrder: ChangeOrder; now: () => Date }): CloseOrder =>
  async ({ orderId, reason }) => {
    const { status } = await changeOrder(orderId, (order) => applyVoid(order, reason, now()));
    return { closed: { status } };
  };
