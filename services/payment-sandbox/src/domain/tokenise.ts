import { GatewayError } from './gateway-error.js';
import { type PaymentMethod, seconds } from './payment-method.js';
import { passesLuhn, readyCardOf, testCardOf } from './test-cards.js';

export interface CardInput {
  readonly number: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly cvc?: string | undefined;
}

interface Making {
  readonly id: string;
  readonly now: Date;
}

/** @throws {GatewayError} where the card cannot be one, or is not one for tests. Nothing of it is in the message. */
export function tokenise({ number, expMonth, expYear, cvc }: CardInput, making: Making): PaymentMethod {
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number))
    throw refused('incorrect_number', 'Your card number is incorrect.', 'number');
  if (expMonth < 1 || expMonth > 12)
    throw refused('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  const months = (expYear - making.now.getUTCFullYear()) * 12 + expMonth - 1 - making.now.getUTCMonth();
  if (months < 0 || months > 50 * 12)
    throw refused('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  const card = testCardOf(number);
  if (cvc !== undefined && !(card?.brand === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/).test(cvc))
    throw refused('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  if (!card)
    throw new GatewayError('card_declined', {
      message:
        'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://docs.stripe.com/testing.',
      declineCode: 'test_mode_live_card',
    });
  const { brand, behaviour } = card;
  const created = seconds(making.now);
  return { id: making.id, created, brand, last4: number.slice(-4), expMonth, expYear, behaviour };
}

const refused = (
  code: 'incorrect_number' | 'invalid_expiry_month' | 'invalid_expiry_year' | 'invalid_cvc',
  message: string,
  param: string,
) => new GatewayError(code, { message, param });

/** A new payment method with the card of a ready one, as Stripe makes with each use of `pm_card_visa`. */
export function fromReady(name: string, { id, now }: Making): PaymentMethod | undefined {
  const card = readyCardOf(name);
  if (!card) return undefined;
  const { brand, behaviour, number, ready } = card;
  const expYear = now.getUTCFullYear() + 1;
  return {
    id,
    created: seconds(now),
    brand,
    last4: number.slice(-4),
    expMonth: 12,
    expYear,
    behaviour,
    ready,
  };
}
