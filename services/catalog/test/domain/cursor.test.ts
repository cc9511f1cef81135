import { encodeCursor } from '@shipline/lambda-kit/cursor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../src/domain/catalog-error.js';
import { decodeCursor } from '../../src/domain/cursor.js';

// eslint-disable-next-line security/detect-unsafe-regex -- no input from outside
const category = fc.option(fc.stringMatching(/^[a-z]{1,20}(-[a-z]{1,19})?$/), { nil: undefined });

describe('a cursor', () => {
  it('comes back as the position that it was made of', () => {
    expect(decodeCursor(encodeCursor({ sku: 'MUG', category: 'mugs' }), 'mugs')).toEqual({
      sku: 'MUG',
      category: 'mugs',
    });
    expect(decodeCursor(encodeCursor({ sku: 'MUG' }), undefined)).toEqual({ sku: 'MUG' });
  });

  it('is refused, and nothing worse, whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string(), category, (cursor, list) => {
        expect(() => decodeCursor(cursor, list)).toThrow(CatalogError);
      }),
    );
  });

  it.each([
    ['of another category', { sku: 'MUG', category: 'bags' }],
    ['of all products', { sku: 'MUG' }],
    ['with more than a position', { sku: 'MUG', category: 'mugs', pk: 'ORDER#1' }],
    ['with an SKU that cannot be', { sku: '../..', category: 'mugs' }],
  ])('is refused %s', (_, position) => {
    expect(() => decodeCursor(encodeCursor(position), 'mugs')).toThrow('INVALID_CURSOR');
  });
});
