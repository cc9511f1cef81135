import { Cursor } from '@shipline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../src/domain/catalog-error.js';
import { decodeCursor, encodeCursor, type PagePosition } from '../../src/domain/cursor.js';

const sku = fc.stringMatching(/^[A-Z0-9]{1,20}(-[A-Z0-9]{1,19})?$/);
const category = fc.option(fc.stringMatching(/^[a-z]{1,20}(-[a-z]{1,19})?$/), { nil: undefined });
const position = fc
  .record({ sku, category })
  .map(
    (drawn): PagePosition => (drawn.category === undefined ? { sku: drawn.sku } : (drawn as PagePosition)),
  );
const encoded = (value: unknown) => encodeCursor(value as PagePosition);

describe('a cursor', () => {
  it('comes back as the position that it was made of, and is what the contract takes', () => {
    fc.assert(
      fc.property(position, (before) => {
        const cursor = encodeCursor(before);

        expect(Cursor.parse(cursor)).toBe(cursor);
        expect(decodeCursor(cursor, before.category)).toEqual(before);
      }),
    );
  });

  it('is refused, and nothing worse, whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string(), category, (cursor, list) => {
        expect(() => decodeCursor(cursor, list)).toThrow(CatalogError);
      }),
    );
  });

  it.each([
    ['a cursor of another category', encoded({ sku: 'MUG', category: 'bags' })],
    ['a cursor of all products', encoded({ sku: 'MUG' })],
    ['more than a position', encoded({ sku: 'MUG', category: 'mugs', pk: 'ORDER#1' })],
    ['an SKU that cannot be', encoded({ sku: '../..', category: 'mugs' })],
    ['no object', encoded(null)],
  ])('is refused as %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 'mugs')).toThrow('INVALID_CURSOR');
  });
});
