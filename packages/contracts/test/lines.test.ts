import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_LINES, MAX_QUANTITY, mergeLines } from '../src/lines.js';

const lines = fc.array(
  fc.record({
    sku: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
  }),
  { maxLength: MAX_LINES },
);

it('leaves one line per SKU, in the order in which they came, and every unit', () => {
  fc.assert(
    fc.property(lines, (asked) => {
      const merged = mergeLines(asked);

      expect(merged.map(({ sku }) => sku)).toEqual([...new Set(asked.map(({ sku }) => sku))]);
      for (const { sku, quantity } of merged)
        expect(quantity).toBe(
          asked.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.quantity, 0),
        );
      expect(mergeLines(merged)).toEqual(merged);
    }),
  );
});
