import { Sku } from '@shipline/contracts';
import * as z from 'zod/mini';
import { toStockItem } from '../src/adapters/stored-items.js';
import stock from './stock.json' with { type: 'json' };

const Units = z.int().check(z.minimum(0), z.maximum(1_000_000));

/** Units of a new shop by SKU: plenty of most, two of one print, none of one hourglass. */
export const seedStock: Readonly<Record<Sku, number>> = z.parse(z.record(Sku, Units), stock);

/**
 * The seed as items of inventory's table, for whoever fills it. Put each only where its key is absent: in a shop
 * that has sold something, the seed's numbers are no longer the free units.
 */
export const seedItems = (): Record<string, unknown>[] =>
  Object.entries(seedStock).map(([sku, units]) => toStockItem(sku, units));
