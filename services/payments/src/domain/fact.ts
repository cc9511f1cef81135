import { ClosingReason, Money, RefundId } from '@shipline/contracts';
import * as z from 'zod/mini';

/** What we ask the gateway to do. */
export const Operation = z.enum(['create', 'confirm', 'capture', 'void', 'refund']);
export type Operation = z.infer<typeof Operation>;

/** A gateway's id of a payment intent. */
const intentId = z.string().check(z.minLength(1));
const refund = { refundId: RefundId, amount: Money };

const variants = {
  /** The one intent that may be confirmed. `amount` is what the order costs: later facts are held against it. */
  opened: z.object({ kind: z.literal('opened'), intentId, amount: Money }),
  authorised: z.object({ kind: z.literal('authorised'), intentId, amount: Money }),
  declined: z.object({ kind: z.literal('declined'), intentId, reason: ClosingReason }),
  captured: z.object({ kind: z.literal('captured'), intentId, amount: Money }),
  /** With an intent: the gateway confirmed it. Without: a tombstone, nothing was opened and nothing will be. */
  voided: z.object({
    kind: z.literal('voided'),
    intentId: z.optional(intentId),
    reason: z.optional(ClosingReason),
  }),
  /** The gateway holds another amount or currency than was asked for. */
  mismatch: z.object({ kind: z.literal('mismatch'), intentId, expected: Money, found: Money }),
  /**
   * The gateway's answer did not arrive, or was none. `stored`: it is a 500 that the gateway repeats for this
   * idempotency key. `attempt` numbers the keys of one create or refund.
   */
  unknown: z.object({
    kind: z.literal('unknown'),
    operation: Operation,
    stored: z.boolean(),
    attempt: z.int(),
    refundId: z.optional(RefundId),
  }),
  refundRequested: z.object({ kind: z.literal('refund-requested'), ...refund }),
  /** `totalRefunded` includes this one. */
  refunded: z.object({ kind: z.literal('refunded'), ...refund, totalRefunded: Money }),
  refundFailed: z.object({ kind: z.literal('refund-failed'), ...refund }),
} as const;

export const FactBody = z.discriminatedUnion('kind', [
  variants.opened,
  variants.authorised,
  variants.declined,
  variants.captured,
  variants.voided,
  variants.mismatch,
  variants.unknown,
  variants.refundRequested,
  variants.refunded,
  variants.refundFailed,
]);
export type FactBody = z.infer<typeof FactBody>;

export const FactHead = z.object({
  /** From 1, without gaps: whoever puts a sequence first has it. */
  sequence: z.int().check(z.minimum(1)),
  at: z.iso.datetime(),
  correlationId: z.string(),
});
export type FactHead = z.infer<typeof FactHead>;

/** One thing that became known about an order's money. Never changed once it is written. */
export type Fact = FactHead & FactBody;
