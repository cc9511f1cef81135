import { MAX_QUANTITY, mergeLines, type PlaceOrder } from '@shipline/contracts';
import type { RefusedField } from '@shipline/lambda-kit/refusal';
import { OrderError } from './order-error.js';

/**
 * The request as it is compared and reserved: one line per SKU, sorted by SKU.
 * @throws {OrderError} `QUANTITY_TOO_LARGE` where the merged lines exceed MAX_QUANTITY
 */
export function normalise(request: PlaceOrder): PlaceOrder {
  const lines = mergeLines(request.lines);
  const tooLarge = lines.filter(({ quantity }) => quantity > MAX_QUANTITY).map(({ sku }) => sku);
  if (tooLarge.length > 0)
    throw new OrderError('QUANTITY_TOO_LARGE', {
      errors: linesOf(request, tooLarge, `exceeds ${MAX_QUANTITY}`),
    });
  return { ...request, lines: lines.sort((a, b) => (a.sku < b.sku ? -1 : 1)) };
}

/** Which of the caller's lines a refusal is about: by their place, as they were sent. */
export const linesOf = ({ lines }: PlaceOrder, skus: readonly string[], message: string): RefusedField[] =>
  lines.flatMap(({ sku }, index) => (skus.includes(sku) ? [{ path: `lines.${index}`, message }] : []));

/** The same text for the same meaning: keys sorted at every depth, absent members left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
