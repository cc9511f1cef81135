/** What can be said of a card without asking anybody. Codes and sentences are Stripe.js's. */
export interface CardInput {
  readonly number: string;
  /** `MM / YY`, as typed. */
  readonly expiry: string;
  readonly cvc: string;
}

export type CardField = keyof CardInput;
export interface CardFault {
  readonly code: string;
  readonly message: string;
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
const isAmex = (digits: string) => /^3[47]/.test(digits);

/** Digits in the groups in which they stand on the card. */
export function groupNumber(text: string): string {
  const digits = digitsOf(text).slice(0, isAmex(digitsOf(text)) ? 15 : 19);
  // eslint-disable-next-line security/detect-unsafe-regex -- at most 15 digits
  const groups = isAmex(digits) ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?$/ : undefined;
  if (groups) return digits.replace(groups, (_, ...parts) => parts.slice(0, 3).filter(Boolean).join(' '));
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** `1234` -> `12 / 34`; a first digit above 1 can only be a month of its own. */
export function groupExpiry(text: string): string {
  const typed = digitsOf(text);
  const digits = (/^[2-9]/.test(typed) ? `0${typed}` : typed).slice(0, 4);
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
}

export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Month and four-digit year, as the wire wants them. */
export function expiryOf(text: string): { readonly month: number; readonly year: number } | undefined {
  const digits = digitsOf(text);
  if (digits.length !== 4) return undefined;
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

const fault = (code: string, message: string): CardFault => ({ code, message });

function numberFault(number: string): CardFault | undefined {
  const digits = digitsOf(number);
  if (digits.length < (isAmex(digits) ? 15 : 16))
    return fault('incomplete_number', 'Your card number is incomplete.');
  return passesLuhn(digits) ? undefined : fault('invalid_number', 'Your card number is invalid.');
}

function expiryFault(text: string, now: Date): CardFault | undefined {
  const expiry = expiryOf(text);
  if (!expiry) return fault('incomplete_expiry', 'Your card’s expiration date is incomplete.');
  if (expiry.month < 1 || expiry.month > 12)
    return fault('invalid_expiry_month', 'Your card’s expiration month is invalid.');
  const months = (expiry.year - now.getFullYear()) * 12 + expiry.month - 1 - now.getMonth();
  if (months < 0) return fault('invalid_expiry_year_past', 'Your card’s expiration date is in the past.');
  return months > 50 * 12
    ? fault('invalid_expiry_year', 'Your card’s expiration year is invalid.')
    : undefined;
}

function cvcFault(cvc: string, number: string): CardFault | undefined {
  const wanted = isAmex(digitsOf(number)) ? 4 : 3;
  return digitsOf(cvc).length === wanted
    ? undefined
    : fault('incomplete_cvc', 'Your card’s security code is incomplete.');
}

/** Everything that is wrong, by field, in the order of the form. */
export function faultsOf(
  { number, expiry, cvc }: CardInput,
  now: Date,
): Partial<Record<CardField, CardFault>> {
  const faults = {
    number: numberFault(number),
    expiry: expiryFault(expiry, now),
    cvc: cvcFault(cvc, number),
  };
  return Object.fromEntries(Object.entries(faults).filter(([, found]) => found !== undefined));
}

/** Stripe's documented test cards that the form offers by a click. */
export const testCards = [
  { number: '4242 4242 4242 4242', effect: 'Pays' },
  { number: '4000 0000 0000 0002', effect: 'Is declined' },
  { number: '4000 0000 0000 9995', effect: 'Has too little money' },
] as const;
