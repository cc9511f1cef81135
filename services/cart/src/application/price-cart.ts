import { SHOP_CURRENCY, type Sku } from '@shipline/contracts';
import type { Cart } from '../domain/cart.js';
import type { PricedCart } from '../domain/priced-cart.js';
import type { Quotes } from '../ports/quotes.js';

/** Catalog refused to price lines and named none of them. */
export class UnexplainedQuote extends Error {
  override readonly name = 'UnexplainedQuote';
}

export type PriceCart = (cart: Cart) => Promise<PricedCart>;

/** Products that went out of the shop are named and left out; the others are priced without them. */
export const makePriceCart =
  ({ quotes }: { quotes: Quotes }): PriceCart =>
  async ({ version, lines }) => {
    const unavailable: Sku[] = [];
    let rest = lines;
    while (rest.length > 0) {
      const reply = await quotes.quote(rest);
      if ('quote' in reply) return { version, ...reply.quote, unavailable };
      const sold = rest.filter(({ sku }) => !reply.unknownSkus.includes(sku));
      if (sold.length === rest.length) throw new UnexplainedQuote();
      unavailable.push(...rest.filter((line) => !sold.includes(line)).map(({ sku }) => sku));
      rest = sold;
    }
    return { version, lines: [], total: { amount: 0, currency: SHOP_CURRENCY }, unavailable };
  };
