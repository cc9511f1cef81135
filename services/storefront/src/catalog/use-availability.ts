import { MAX_LINES } from '@shipline/contracts';
import type { ShopClient } from '@shipline/contracts/client';
import { useShop } from '../shop.js';
import { useResource } from '../ui/use-resource.js';

/** Units that can be ordered now, by SKU; a SKU that is missing is unknown, not sold out. */
export type Availability = Readonly<Record<string, number>>;

export async function loadAvailability(
  client: Pick<ShopClient, 'getAvailability'>,
  skus: readonly string[],
): Promise<Availability> {
  const batches = Array.from({ length: Math.ceil(skus.length / MAX_LINES) }, (_, n) =>
    skus.slice(n * MAX_LINES, (n + 1) * MAX_LINES),
  );
  const replies = await Promise.all(
    batches.map((batch) => client.getAvailability({ query: { skus: batch.join(',') } })),
  );
  return Object.fromEntries(
    replies.flatMap(({ items }) => items.map(({ sku, available }) => [sku, available])),
  );
}

/** A hint beside products: while it is loading or when it fails, nothing is claimed. */
export function useAvailability(skus: readonly string[]): readonly [Availability, () => void] {
  const { client } = useShop();
  const [resource, reload] = useResource(skus.join(','), () => loadAvailability(client, skus));
  return [resource.status === 'ready' ? resource.value : {}, reload];
}

/** At or below this many units the page says how many are left. */
const FEW = 5;

export type StockLevel = { readonly level: 'plenty' | 'few' | 'none' | 'unknown'; readonly text: string };

export function stockLevel(available: number | undefined): StockLevel {
  if (available === undefined) return { level: 'unknown', text: '' };
  if (available === 0) return { level: 'none', text: 'Sold out' };
  if (available <= FEW) return { level: 'few', text: `Only ${available} left` };
  return { level: 'plenty', text: 'In stock' };
}
