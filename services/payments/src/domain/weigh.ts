import { sameMoney } from '@shipline/contracts';
import type { FactBody } from './fact.js';
import { type Payment, type PaymentStatus, refundable } from './payment.js';

/**
 * `append`: it is news. `known`: the facts say so already, or say what makes it irrelevant; whoever brings it
 * goes on with what the facts say. `impossible`: gateway and ledger contradict each other.
 */
export type Verdict = 'append' | 'known' | 'impossible';

type CardFact = 'opened' | 'authorised' | 'declined' | 'captured' | 'mismatch';

const a = 'append';
const k = 'known';
const x = 'impossible';
/** Whether a fact about the intent may follow, by the status so far. */
const table: Record<CardFact | 'tombstone' | 'void', Record<PaymentStatus, Verdict>> = {
  opened: { none: a, opened: k, authorised: k, declined: k, captured: k, voided: k },
  // A decline is final, and a void confirmed by the gateway is, too: we confirm an intent once.
  authorised: { none: x, opened: a, authorised: k, declined: x, captured: k, voided: k },
  declined: { none: x, opened: a, authorised: x, declined: k, captured: x, voided: k },
  captured: { none: x, opened: a, authorised: a, declined: x, captured: k, voided: x },
  mismatch: { none: x, opened: a, authorised: a, declined: k, captured: k, voided: k },
  /** Only where nothing was opened; what was opened has to be voided at the gateway. */
  tombstone: { none: a, opened: k, authorised: k, declined: k, captured: k, voided: k },
  void: { none: x, opened: a, authorised: a, declined: a, captured: x, voided: k },
};

/** Whether a fact may follow those that make up `payment`. Total: every pair has an answer. */
export function weigh(payment: Payment, fact: FactBody): Verdict {
  switch (fact.kind) {
    case 'unknown':
      return weighUnknown(payment, fact);
    case 'refund-requested':
      return weighRequest(payment, fact);
    case 'refunded':
    case 'refund-failed':
      return weighRefund(payment, fact);
    case 'voided':
      return fact.intentId === undefined
        ? table.tombstone[payment.status]
        : ofIntent(payment, fact.intentId, table.void[payment.status]);
    case 'opened':
      return table.opened[payment.status];
    case 'mismatch':
      if (payment.reason === 'payment_mismatch') return k;
      return ofIntent(payment, fact.intentId, table.mismatch[payment.status]);
    default:
      return ofIntent(payment, fact.intentId, table[fact.kind][payment.status]);
  }
}

/** News of an intent that is not the payment's never enter. */
const ofIntent = (payment: Payment, intentId: string, verdict: Verdict): Verdict =>
  payment.intentId === undefined || payment.intentId === intentId ? verdict : x;

type Body<K extends FactBody['kind']> = Extract<FactBody, { kind: K }>;

/** The same doubt is written down once. */
function weighUnknown(payment: Payment, { operation, stored, attempt, refundId }: Body<'unknown'>): Verdict {
  if (operation === 'refund') {
    const refund = refundId && payment.refunds.get(refundId);
    if (refund?.status !== 'requested') return k;
    return refund.unknown && !(stored && attempt >= refund.attempt) ? k : a;
  }
  if (payment.status === 'captured' || payment.status === 'voided') return k;
  const raises = operation === 'create' && stored && attempt >= payment.createAttempt;
  return payment.unknown === operation && !raises ? k : a;
}

/** Appended only if all requests that did not fail stay within what was captured. */
function weighRequest(payment: Payment, { refundId, amount }: Body<'refund-requested'>): Verdict {
  if (payment.refunds.has(refundId)) return k;
  if (payment.captured === undefined || payment.captured.currency !== amount.currency) return x;
  return amount.amount > 0 && amount.amount <= refundable(payment) ? a : k;
}

function weighRefund(payment: Payment, fact: Body<'refunded' | 'refund-failed'>): Verdict {
  const refund = payment.refunds.get(fact.refundId);
  if (!refund || !sameMoney(refund.amount, fact.amount)) return x;
  if (refund.status === 'requested') return a;
  // A refund that was paid can still bounce; one that failed stays failed.
  return refund.status === 'refunded' && fact.kind === 'refund-failed' ? a : k;
}
