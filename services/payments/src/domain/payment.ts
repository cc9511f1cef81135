import type { ClosingReason, Money, RefundId } from '@shipline/contracts';
import type { Fact, FactBody, Operation } from './fact.js';

export type PaymentStatus = 'none' | 'opened' | 'authorised' | 'declined' | 'captured' | 'voided';

export interface Refund {
  readonly refundId: RefundId;
  readonly amount: Money;
  readonly status: 'requested' | 'refunded' | 'failed';
  readonly requestedAt: string;
  /** Number of the gateway key that comes next; raised only after a stored 500. */
  readonly attempt: number;
  /** It was asked for, and no answer came. */
  readonly unknown: boolean;
}

/** What the facts together say. */
export interface Payment {
  /** Of the last fact; 0 where there is none. */
  readonly sequence: number;
  readonly status: PaymentStatus;
  /** Of the checkout that the money is for. */
  readonly correlationId?: string;
  readonly intentId?: string;
  /** What the order costs. */
  readonly asked?: Money;
  readonly captured?: Money;
  /** Why nothing is paid, where that is known. */
  readonly reason?: ClosingReason;
  /** The operation whose outcome nothing has told since. */
  readonly unknown?: Operation;
  /** Number of the gateway key that the next create uses; raised only after a stored 500. */
  readonly createAttempt: number;
  readonly refunds: ReadonlyMap<RefundId, Refund>;
}

export const noPayment: Payment = { sequence: 0, status: 'none', createAttempt: 1, refunds: new Map() };

/** The state is nothing but its facts. @param facts in the order of their sequence */
export const fold = (facts: readonly Fact[]): Payment => facts.reduce(apply, noPayment);

/** The payment with one more fact. */
export function apply(payment: Payment, fact: Fact): Payment {
  const next = {
    ...payment,
    sequence: fact.sequence,
    correlationId: payment.correlationId ?? fact.correlationId,
  };
  if (fact.kind === 'unknown') return applyUnknown(next, fact);
  if (fact.kind === 'refund-requested' || fact.kind === 'refunded' || fact.kind === 'refund-failed')
    return { ...next, refunds: applyRefund(payment.refunds, fact) };
  const { unknown: _, ...known } = next;
  switch (fact.kind) {
    case 'opened':
      return { ...known, status: 'opened', intentId: fact.intentId, asked: fact.amount };
    case 'authorised':
      return { ...known, status: 'authorised' };
    case 'declined':
      return { ...known, status: 'declined', reason: fact.reason };
    case 'captured':
      return { ...known, status: 'captured', captured: fact.amount };
    case 'voided':
      return { ...known, status: 'voided', ...(fact.reason && { reason: fact.reason }) };
    case 'mismatch':
      return { ...known, reason: 'payment_mismatch' };
  }
}

type Of<K extends FactBody['kind']> = Extract<Fact, { kind: K }>;

function applyUnknown(payment: Payment, fact: Of<'unknown'>): Payment {
  const attempt = fact.stored ? fact.attempt + 1 : fact.attempt;
  if (fact.operation === 'refund') {
    const refund = fact.refundId && payment.refunds.get(fact.refundId);
    if (!refund) return payment;
    const refunds = new Map(payment.refunds).set(refund.refundId, { ...refund, attempt, unknown: true });
    return { ...payment, refunds };
  }
  const createAttempt =
    fact.operation === 'create' ? Math.max(payment.createAttempt, attempt) : payment.createAttempt;
  return { ...payment, createAttempt, unknown: fact.operation };
}

function applyRefund(
  refunds: Payment['refunds'],
  fact: Of<'refund-requested' | 'refunded' | 'refund-failed'>,
): Payment['refunds'] {
  const { refundId, amount } = fact;
  const before = refunds.get(refundId) ?? { requestedAt: fact.at, attempt: 1 };
  const status = {
    'refund-requested': 'requested',
    refunded: 'refunded',
    'refund-failed': 'failed',
  } as const;
  return new Map(refunds).set(refundId, {
    ...before,
    refundId,
    amount,
    status: status[fact.kind],
    unknown: false,
  });
}

const sum = (refunds: Iterable<Refund>, counts: (refund: Refund) => boolean): number =>
  [...refunds].filter(counts).reduce((total, { amount }) => total + amount.amount, 0);

/** What of the captured money nobody has asked back yet. */
export const refundable = ({ captured, refunds }: Payment): number =>
  (captured?.amount ?? 0) - sum(refunds.values(), ({ status }) => status !== 'failed');

export const totalRefunded = ({ refunds }: Payment): number =>
  sum(refunds.values(), ({ status }) => status === 'refunded');

/** Whether all of the captured money is confirmed to have gone back. */
export const isWhollyRefunded = (payment: Payment): boolean =>
  totalRefunded(payment) > 0 && totalRefunded(payment) >= (payment.captured?.amount ?? 0);

/** Whether a refund is asked for whose outcome is still to come. */
export const hasPendingRefund = ({ refunds }: Payment): boolean =>
  [...refunds.values()].some(({ status }) => status === 'requested');
