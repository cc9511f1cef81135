import * as z from 'zod/mini';

/** ISO 4217 currency code. The shop sells in one currency per environment. */
export const Currency = z.string().check(z.regex(/^[A-Z]{3}$/));

/** An amount of money: integer minor units (cents) and an ISO 4217 currency. Never negative on the wire. */
export const Money = z.strictObject({
  amount: z.int().check(z.minimum(0), z.maximum(99_999_999)),
  currency: Currency,
});
export type Money = z.infer<typeof Money>;

/** What the shop sells in: catalog takes no other, and the total of an empty cart is zero of it. */
export const SHOP_CURRENCY = 'USD';

export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

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
