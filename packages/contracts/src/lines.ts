import * as z from 'zod/mini';
import { Sku } from './ids.js';
import { Money } from './money.js';

/** Most of one product in one cart or order. */
export const MAX_QUANTITY = 99;
/** Most different products in one cart or order. */
export const MAX_LINES = 20;

export const Quantity = z.int().check(z.minimum(1), z.maximum(MAX_QUANTITY));

/** What a customer asks for: no price, prices are the server's. */
export const OrderLine = z.strictObject({ sku: Sku, quantity: Quantity });
export type OrderLine = z.infer<typeof OrderLine>;

/** A line with the server's price, frozen at the time of the quote. */
export const PricedLine = z.object({
  sku: Sku,
  name: z.string(),
  unitPrice: Money,
  quantity: Quantity,
  lineTotal: Money,
});
export type PricedLine = z.infer<typeof PricedLine>;
