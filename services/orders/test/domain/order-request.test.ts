import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, normalise } from '../../src/domain/order-request.js';
import { aRequest } from '../builders.js';

describe('a request, normalised', () => {
  it('has one line per SKU, sorted, whatever the order of its lines', () => {
    const line = (sku: string, quantity: number) => ({ sku, quantity });

    const { lines } = normalise(aRequest({ lines: [line('B', 1), line('A', 2), line('B', 3)] }));

    expect(lines).toEqual([line('A', 2), line('B', 4)]);
  });

  it('keeps the sum of quantities and does not depend on the order of lines', () => {
    const line = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const sum = (of: readonly { quantity: number }[]) =>
          of.reduce((total, { quantity }) => total + quantity, 0);
        const one = normalise(aRequest({ lines }));
        expect(sum(one.lines)).toBe(sum(lines));
        expect(normalise(aRequest({ lines: lines.toReversed() }))).toEqual(one);
      }),
    );
  });

  it('is refused when the merged quantity is too large', () => {
    const lines = [1, 2].map(() => ({ sku: 'A', quantity: 50 }));

    expect(() => normalise(aRequest({ lines }))).toThrow(
      expect.objectContaining({
        code: 'QUANTITY_TOO_LARGE',
        errors: [0, 1].map((index) => ({ path: `lines.${index}`, message: 'exceeds 99' })),
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys, but on every value', () => {
    expect(canonicalJson({ a: 1, b: { d: [2, 1], c: undefined } })).toBe('{"a":1,"b":{"d":[2,1]}}');
    expect(canonicalJson({ b: { d: [2, 1] }, a: 1 })).toBe('{"a":1,"b":{"d":[2,1]}}');
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });
});
