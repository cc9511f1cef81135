import { QuoteReply } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { makeQuoteLines } from '../../src/application/quote-lines.js';
import { aProduct, usd } from '../builders.js';
import { InMemoryProducts } from '../fakes/in-memory-products.js';

const quoteLines = makeQuoteLines({ products: new InMemoryProducts(aProduct('MUG'), aProduct('CAP')) });

describe('quoting lines', () => {
  it('merges lines of one SKU before it prices them', async () => {
    const reply = await quoteLines({
      lines: [
        { sku: 'MUG', quantity: 1 },
        { sku: 'CAP', quantity: 2 },
        { sku: 'MUG', quantity: 3 },
      ],
    });

    expect(QuoteReply.parse(reply)).toMatchObject({
      quote: {
        lines: [
          { sku: 'MUG', quantity: 4, lineTotal: usd(5600) },
          { sku: 'CAP', quantity: 2, lineTotal: usd(2800) },
        ],
        total: usd(8400),
      },
    });
  });

  it('tells an unknown SKU as a value', async () => {
    const lines = [{ sku: 'GHOST', quantity: 1 }];

    expect(QuoteReply.parse(await quoteLines({ lines }))).toEqual({ unknownSkus: ['GHOST'] });
  });
});
