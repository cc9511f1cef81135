/** What a test card does when it is charged. */
export const behaviours = [
  'pays',
  'generic_decline',
  'insufficient_funds',
  'lost_card',
  'stolen_card',
  'card_velocity_exceeded',
  'expired_card',
  'incorrect_cvc',
  'processing_error',
  'needs_challenge',
  'refund_fails',
  'refund_pends',
] as const;
export type Behaviour = (typeof behaviours)[number];

export const brands = ['visa', 'mastercard', 'amex', 'discover', 'diners', 'jcb', 'unionpay'] as const;
export type Brand = (typeof brands)[number];

export interface TestCard {
  readonly number: string;
  readonly brand: Brand;
  readonly behaviour: Behaviour;
  /** The ready payment method with this card. */
  readonly ready: string;
}

const card = (number: string, brand: Brand, ready: string, behaviour: Behaviour = 'pays'): TestCard => ({
  number,
  brand,
  ready: `pm_card_${ready}`,
  behaviour,
});

/** Stripe's documented test cards: https://docs.stripe.com/testing */
export const testCards: readonly TestCard[] = [
  card('4242424242424242', 'visa', 'visa'),
  card('4000056655665556', 'visa', 'visa_debit'),
  card('5555555555554444', 'mastercard', 'mastercard'),
  card('5200828282828210', 'mastercard', 'mastercard_debit'),
  card('5105105105105100', 'mastercard', 'mastercard_prepaid'),
  card('378282246310005', 'amex', 'amex'),
  card('6011111111111117', 'discover', 'discover'),
  card('3056930009020004', 'diners', 'diners'),
  card('3566002020360505', 'jcb', 'jcb'),
  card('6200000000000005', 'unionpay', 'unionpay'),
  card('4000000000000002', 'visa', 'visa_chargeDeclined', 'generic_decline'),
  card('4000000000009995', 'visa', 'visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'),
  card('4000000000009987', 'visa', 'visa_chargeDeclinedLostCard', 'lost_card'),
  card('4000000000009979', 'visa', 'visa_chargeDeclinedStolenCard', 'stolen_card'),
  card('4000000000006975', 'visa', 'visa_chargeDeclinedVelocityLimitExceeded', 'card_velocity_exceeded'),
  card('4000000000000069', 'visa', 'visa_chargeDeclinedExpiredCard', 'expired_card'),
  card('4000000000000127', 'visa', 'visa_chargeDeclinedIncorrectCvc', 'incorrect_cvc'),
  card('4000000000000119', 'visa', 'visa_chargeDeclinedProcessingError', 'processing_error'),
  card('4000002500003155', 'visa', 'authenticationRequiredOnSetup', 'needs_challenge'),
  card('4000002760003184', 'visa', 'authenticationRequired', 'needs_challenge'),
  card('4000000000005126', 'visa', 'refundFail', 'refund_fails'),
  card('4000000000007726', 'visa', 'pendingRefund', 'refund_pends'),
];

const byNumber = new Map(testCards.map((known) => [known.number, known]));
const byName = new Map(testCards.map((known) => [known.ready, known]));

export const testCardOf = (number: string): TestCard | undefined => byNumber.get(number);

/** Stripe writes some declining ones without the brand: `pm_card_chargeDeclinedExpiredCard`. */
export const readyCardOf = (id: string): TestCard | undefined =>
  byName.get(id) ?? byName.get(id.replace(/^pm_card_(?=chargeDeclined)/, 'pm_card_visa_'));

export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
