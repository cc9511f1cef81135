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
