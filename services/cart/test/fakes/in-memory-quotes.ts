import type { OrderLine, QuoteReply, Sku } from '@shipline/contracts';
import type { Quotes } from '../../src/ports/quotes.js';
import { usd } from '../builders.js';

/** Catalog with prices in cents. */
export class InMemoryQuotes implements Quotes {
  readonly prices: Map<Sku, number>;
  /** Everything that was asked, in order. */
  readonly asked: (readonly OrderLine[])[] = [];

  constructor(prices: Readonly<Record<Sku, number>>) {
    this.prices = new Map(Object.entries(prices));
  }

  async quote(lines: readonly OrderLine[]): Promise<QuoteReply> {
    this.asked.push(lines);
    const unknownSkus = lines.map(({ sku }) => sku).filter((sku) => !this.prices.has(sku));
    if (unknownSkus.length > 0) return { unknownSkus };
    const priced = lines.map(({ sku, quantity }) => {
      const price = this.prices.get(sku) ?? 0;
      const lineTotal = usd(price * quantity);
      return { sku, name: `Product ${sku}`, unitPrice: usd(price), quantity, lineTotal };
    });
    const amount = priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
    return { quote: { lines: priced, total: usd(amount) } };
  }
}
