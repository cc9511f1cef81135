import { seconds } from '../domain/payment-method.js';
import { settleRefund } from '../domain/refund-transitions.js';
import type { Making } from './payment-methods.js';

export type SettleRefund = (refundId: string) => Promise<'settled' | 'was_settled'>;

const ATTEMPTS = 5;

/** Ends a refund that Stripe would end some time after it was made. Safe to repeat. */
export const makeSettleRefund =
  ({ store, clock, ids }: Making): SettleRefund =>
  async (refundId) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const refund = await store.findRefund(refundId);
      const intent = refund && (await store.findIntent(refund.intentId));
      const step = refund && intent && settleRefund(intent, refund);
      if (!step) return 'was_settled';
      const changed = step.intent.version !== intent.version;
      const outcome = await store.commit({
        writes: [
          { kind: 'refund', value: step.refund, expects: refund.version },
          ...(changed ? [{ kind: 'intent' as const, value: step.intent, expects: intent.version }] : []),
        ],
        events: step.happened.map((happening) => ({
          ...happening,
          id: ids('evt'),
          created: seconds(clock()),
        })),
      });
      if (outcome === 'committed') return 'settled';
    }
    throw new Error(`${refundId} was changed by others ${ATTEMPTS} times in a row`);
  };
