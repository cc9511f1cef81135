import * as z from 'zod/mini';
import { Sku } from './ids.js';
import { MAX_LINES, OrderLine, PricedLine } from './lines.js';
import { Money } from './money.js';

/** Asked of catalog's function `quote` by Lambda Invoke: the price of these lines, one line per SKU. */
export const QuoteRequest = z.strictObject({
  lines: z.array(OrderLine).check(z.minLength(1), z.maxLength(MAX_LINES)),
});
export type QuoteRequest = z.infer<typeof QuoteRequest>;

export const Quote = z.object({ lines: z.array(PricedLine), total: Money });
export type Quote = z.infer<typeof Quote>;

/** Either the quote or every SKU that is not (or no longer) sold. */
export const QuoteReply = z.union([z.object({ quote: Quote }), z.object({ unknownSkus: z.array(Sku) })]);
export type QuoteReply = z.infer<typeof QuoteReply>;
