import { MAX_LINES, MAX_QUANTITY } from '@shipline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cart, emptied, merge, remove, setQuantity } from '../../src/domain/cart.js';
import { CartError } from '../../src/domain/cart-error.js';

const sku = fc.integer({ min: 0, max: 29 }).map((number) => `SKU-${number}`);
const quantity = fc.integer({ min: 1, max: MAX_QUANTITY });
const cart: fc.Arbitrary<Cart> = fc.record({
  version: fc.nat(1000),
  lines: fc.uniqueArray(fc.record({ sku, quantity }), {
    selector: (line) => line.sku,
    maxLength: MAX_LINES,
    size: 'max',
  }),
});
const quantityOf = ({ lines }: Cart, wanted: string) =>
  lines.find((line) => line.sku === wanted)?.quantity ?? 0;
const isSound = ({ lines }: Cart) =>
  lines.length <= MAX_LINES &&
  new Set(lines.map((line) => line.sku)).size === lines.length &&
  lines.every((line) => line.quantity >= 1 && line.quantity <= MAX_QUANTITY);

describe('merging carts', () => {
  it('adds quantities up to the limit and loses nothing of the customer’s', () => {
    fc.assert(
      fc.property(cart, cart, (own, guest) => {
        const merged = merge(own, guest);

        expect(isSound(merged)).toBe(true);
        expect(merged.version).toBe(own.version + 1);
        expect(merged.lines.slice(0, own.lines.length).map((line) => line.sku)).toEqual(
          own.lines.map((line) => line.sku),
        );
        for (const line of merged.lines)
          expect(line.quantity).toBe(
            Math.min(MAX_QUANTITY, quantityOf(own, line.sku) + quantityOf(guest, line.sku)),
          );
      }),
    );
  });

  it('leaves a guest’s line out only where the cart is full', () => {
    fc.assert(
      fc.property(cart, cart, (own, guest) => {
        const merged = merge(own, guest);
        const lost = guest.lines.filter((line) => quantityOf(merged, line.sku) === 0);

        expect(lost.length === 0 || merged.lines.length === MAX_LINES).toBe(true);
      }),
    );
  });
});

describe('changing a cart', () => {
  it('sets one quantity, touches no other, and is the same when repeated', () => {
    fc.assert(
      fc.property(cart, sku, quantity, (before, wanted, count) => {
        const isFull = before.lines.length === MAX_LINES && quantityOf(before, wanted) === 0;
        if (isFull) {
          expect(() => setQuantity(before, { sku: wanted, quantity: count })).toThrow(CartError);
          return;
        }
        const after = setQuantity(before, { sku: wanted, quantity: count });

        expect(isSound(after)).toBe(true);
        expect(quantityOf(after, wanted)).toBe(count);
        expect(after.version).toBe(before.version + (quantityOf(before, wanted) === count ? 0 : 1));
        expect(remove(after, wanted).lines).toEqual(remove(before, wanted).lines);
        expect(setQuantity(after, { sku: wanted, quantity: count })).toBe(after);
      }),
    );
  });

  it('takes a product out once', () => {
    fc.assert(
      fc.property(cart, sku, (before, wanted) => {
        const after = remove(before, wanted);

        expect(quantityOf(after, wanted)).toBe(0);
        expect(after.version).toBe(before.version + (quantityOf(before, wanted) > 0 ? 1 : 0));
        expect(remove(after, wanted)).toBe(after);
      }),
    );
  });

  it('goes on behind the bought version when it is emptied', () => {
    expect(emptied(7)).toEqual({ version: 8, lines: [] });
  });
});
