import type { Money } from '@shipline/contracts';

/**
 * Money for people: `{ amount: 1400, currency: 'USD' }` -> `$14.00`. How many minor units a currency has is
 * Intl's knowledge (JPY none, KWD three), not ours.
 */
export function formatMoney({ amount, currency }: Money, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;
