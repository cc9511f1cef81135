import type { PricedLine } from '@shipline/contracts';

export interface Shortage {
  readonly sku: string;
  readonly wanted: number;
  readonly available: number;
}

/** Lines of which fewer units can be had than the cart holds. A product of unknown stock is not short. */
export function shortages(
  lines: readonly Pick<PricedLine, 'sku' | 'quantity'>[],
  available: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>> = {},
): Shortage[] {
  return lines.flatMap(({ sku, quantity }) => {
    const units = available[sku];
    const asked = wanted[sku] ?? quantity;
    return units !== undefined && units < asked ? [{ sku, wanted: asked, available: units }] : [];
  });
}
