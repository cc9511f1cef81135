import type { Availability, Sku } from '@shipline/contracts';
import type { Stock } from '../ports/reservations.js';

export type GetAvailability = (skus: readonly Sku[]) => Promise<Availability>;

/** A hint for the page, in the order asked for: what is not stocked has no units. */
export const makeGetAvailability =
  ({ stock }: { stock: Stock }): GetAvailability =>
  async (skus) => {
    const asked = [...new Set(skus)];
    const free = await stock.freeUnits(asked, { strong: false });
    return { items: asked.map((sku) => ({ sku, available: free.get(sku) ?? 0 })) };
  };
