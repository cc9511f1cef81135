import { describe, expect, it } from 'vitest';
import { makePriceCart, UnexplainedQuote } from '../../src/application/price-cart.js';
import { aCart, line, usd } from '../builders.js';
import { InMemoryQuotes } from '../fakes/in-memory-quotes.js';

const setup = (prices: Readonly<Record<string, number>>) => {
  const quotes = new InMemoryQuotes(prices);
  return { quotes, priceCart: makePriceCart({ quotes }) };
};

describe('pricing a cart', () => {
  it('does not ask for the price of nothing', async () => {
    const { quotes, priceCart } = setup({});

    expect(await priceCart(aCart(3))).toEqual({ version: 3, lines: [], total: usd(0), unavailable: [] });
    expect(quotes.asked).toEqual([]);
  });

  it('leaves out of the total what is no longer sold', async () => {
    const { priceCart } = setup({ MUG: 1400 });

    expect(await priceCart(aCart(1, line('CAP', 2), line('MUG', 2)))).toMatchObject({
      lines: [{ sku: 'MUG' }],
      total: usd(2800),
      unavailable: ['CAP'],
    });
  });

  it('is empty when nothing of it is sold', async () => {
    const { priceCart } = setup({});

    expect(await priceCart(aCart(1, line('CAP'), line('MUG')))).toEqual({
      version: 1,
      lines: [],
      total: usd(0),
      unavailable: ['CAP', 'MUG'],
    });
  });

  it('fails instead of asking for ever when catalog names other products', async () => {
    const { quotes, priceCart } = setup({});
    quotes.quote = async () => ({ unknownSkus: ['SOMETHING-ELSE'] });

    await expect(priceCart(aCart(1, line('MUG')))).rejects.toThrow(UnexplainedQuote);
  });
});
