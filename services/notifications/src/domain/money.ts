import type { Money } from '@shipline/contracts';

/**
 * Money for people: `{ amount: 123456, currency: 'USD' }` -> `$1,234.56`. The decimal point is set in the digits,
 * not by a division: no cent is lost. How many minor units a currency has (JPY none, KWD three) is Intl's
 * knowledge.
 */
export function formatMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const fraction = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(amount).padStart(fraction + 1, '0');
  const whole = digits.slice(0, digits.length - fraction);
  const decimal = fraction === 0 ? whole : `${whole}.${digits.slice(-fraction)}`;
  return format.format(decimal as `${number}`);
}
