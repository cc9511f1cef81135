import { MAX_LINES, MAX_QUANTITY, mergeLines, QuoteReply } from '@shipline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteOf, UnquotableLines } from '../../src/domain/quote.js';
import { aProduct, usd } from '../builders.js';

const skus = ['A', 'B', 'C', 'D', 'E'];
const lines = fc.array(
  fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 19 }) }),
  { minLength: 1, maxLength: MAX_LINES },
);
const prices = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 5, maxLength: 5 });
const productsAt = (...amounts: readonly number[]) =>
  new Map(
    amounts.map((amount, index) => {
      const product = aProduct(skus[index] ?? 'Z', { price: usd(amount) });
      return [product.sku, product];
    }),
  );
const withinLimits = (asked: readonly { quantity: number }[]) =>
  asked.every(({ quantity }) => quantity <= MAX_QUANTITY);

describe('a quote', () => {
  it('adds up to the cent, in whole numbers, as the contract has it', () => {
    fc.assert(
      fc.property(lines.map(mergeLines).filter(withinLimits), prices, (asked, amounts) => {
        const reply = QuoteReply.parse(quoteOf(asked, productsAt(...amounts)));

        if (!('quote' in reply)) throw new Error('Everything is sold');
        const exact = asked.reduce(
          (sum, { sku, quantity }) => sum + BigInt(amounts[skus.indexOf(sku)] ?? 0) * BigInt(quantity),
          0n,
        );
        expect(BigInt(reply.quote.total.amount)).toBe(exact);
        expect(reply.quote.lines.map(({ sku, quantity }) => ({ sku, quantity }))).toEqual(asked);
      }),
    );
  });

  it('has the product’s name and price', () => {
    expect(quoteOf([{ sku: 'B', quantity: 3 }], productsAt(1, 1450))).toEqual({
      quote: {
        lines: [{ sku: 'B', name: 'Product B', unitPrice: usd(1450), quantity: 3, lineTotal: usd(4350) }],
        total: usd(4350),
      },
    });
  });

  it('names every SKU that is not sold, and prices nothing', () => {
    const asked = ['GHOST', 'A', 'GHOUL'].map((sku) => ({ sku, quantity: 1 }));

    expect(quoteOf(asked, productsAt(100))).toEqual({ unknownSkus: ['GHOST', 'GHOUL'] });
  });

  it('does not exist for more of one SKU than may be ordered', () => {
    expect(() => quoteOf([{ sku: 'A', quantity: 100 }], productsAt(100))).toThrow(UnquotableLines);
  });

  it('does not mix currencies', () => {
    const products = new Map([['A', aProduct('A', { price: { amount: 100, currency: 'EUR' } })]]);

    expect(() => quoteOf([{ sku: 'A', quantity: 1 }], products)).toThrow(UnquotableLines);
  });
});
