import type { ClosingReason } from '@shipline/contracts';

/** Why an order ended without a sale, and what the customer can do. A new reason needs a sentence to compile. */
export const closingSentences = {
  card_declined: 'Your bank declined the card. Try another card, or ask your bank why.',
  insufficient_funds: 'The card does not have enough funds for this order. Try another card.',
  card_expired: 'The card has expired. Try another card.',
  incorrect_cvc: 'The security code did not match the card. Check it and order again.',
  authentication_required:
    'Your bank wants to confirm this payment with you, which we cannot do yet. Try another card.',
  payment_failed: 'The payment did not go through. Order again, or use another card.',
  payment_unknown: 'Our payment partner did not answer in time, so we called the payment off.',
  payment_not_capturable: 'The payment was no longer valid when we came to collect it.',
  payment_mismatch: 'The payment did not match this order, so we called it off.',
  reservation_gone: 'The payment took longer than we could hold your goods.',
  checkout_failed: 'Something went wrong on our side.',
  refund_failed:
    'Your bank did not take the refund. A person of the shop is looking at it and will write to you.',
  refund_overdue:
    'Your refund should have arrived by now. A person of the shop is looking at it and will write to you.',
  cancelled_by_customer: 'You cancelled this order.',
} as const satisfies Record<ClosingReason, string>;
