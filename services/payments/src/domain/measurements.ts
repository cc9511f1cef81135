import type { ClosingReason } from '@shipline/contracts';
import type { Measurement } from '@shipline/lambda-kit/measurement';
import type { Fact } from './fact.js';

/** What a card company says no for; whatever else ends a payment is no failure to pay. */
const declines: ReadonlySet<ClosingReason | undefined> = new Set([
  'card_declined',
  'insufficient_funds',
  'card_expired',
  'incorrect_cvc',
  'authentication_required',
  'payment_failed',
]);

const declined = (reason: ClosingReason): Measurement[] => [
  { name: 'PaymentsDeclined', value: 1, dimensions: { reason } },
];

/** What a new fact says in numbers: payments that failed, and calls of the gateway whose outcome nobody knows. */
export function measurementsOf(fact: Fact): Measurement[] {
  switch (fact.kind) {
    case 'declined':
      return declined(fact.reason);
    case 'voided':
      // Without an intent there was nothing to void: the gateway would not even open the payment.
      if (fact.intentId !== undefined || !declines.has(fact.reason)) return [];
      return declined(fact.reason ?? 'payment_failed');
    case 'unknown':
      return [{ name: 'PaymentsUnknown', value: 1, dimensions: { operation: fact.operation } }];
    default:
      return [];
  }
}
