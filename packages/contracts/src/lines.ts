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

/** One line per SKU, in the order in which the SKUs first came. The sum may exceed MAX_QUANTITY. */
export function mergeLines(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<Sku, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** A line with the server's price, frozen at the time of the quote. */
export const PricedLine = z.object({
  sku: Sku,
  name: z.string(),
  unitPrice: Money,
  quantity: Quantity,
  lineTotal: Money,
});
export type PricedLine = z.infer<typeof PricedLine>;
