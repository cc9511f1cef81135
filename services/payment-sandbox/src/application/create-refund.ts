import type { Refund } from '../domain/refund.js';
import { type NewRefund, openRefund } from '../domain/refund-transitions.js';
import { existingIntent } from './change-intent.js';
import { type Decide, subjectOf } from './decision.js';
import type { Making } from './payment-methods.js';

export interface CreateRefundInput extends Omit<NewRefund, 'settlement'> {
  readonly intentId: string;
}

export const makeCreateRefund =
  (making: Making) =>
  ({ intentId, ...input }: CreateRefundInput): Decide<Refund> =>
  async (fault) => {
    const before = await existingIntent(making, intentId);
    const settlement = fault === 'fail' ? ('fails' as const) : undefined;
    const made = { id: making.ids('re'), now: making.clock() };
    const { intent, refund, happened } = openRefund(before, { ...input, settlement }, made);
    return {
      result: refund,
      writes: [
        { kind: 'intent', value: intent, expects: before.version },
        { kind: 'refund', value: refund, expects: 0 },
      ],
      happened,
      subject: subjectOf(before),
    };
  };
