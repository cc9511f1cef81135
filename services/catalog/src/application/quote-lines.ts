import { mergeLines, type QuoteReply, type QuoteRequest } from '@shipline/contracts';
import { quoteOf } from '../domain/quote.js';
import type { Products } from '../ports/products.js';

export type QuoteLines = (request: QuoteRequest) => Promise<QuoteReply>;

/** Prices of this moment. SKUs that are not sold come back as a value: the caller decides what that means. */
export const makeQuoteLines =
  ({ products }: { products: Products }): QuoteLines =>
  async (request) => {
    const lines = mergeLines(request.lines);
    return quoteOf(lines, await products.findAll(lines.map(({ sku }) => sku)));
  };
