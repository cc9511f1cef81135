import { Money } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { SeenPrices } from './cart-reducer.js';

const KEY = 'shipline.seen-prices';
const Seen = z.record(z.string(), z.object({ name: z.string(), unitPrice: Money }));

/** The prices that this browser last showed, so that a change between two visits can be pointed out. */
export function loadSeen(storage: Storage): SeenPrices {
  try {
    return Seen.parse(JSON.parse(storage.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

export const saveSeen = (storage: Storage, seen: SeenPrices): void =>
  storage.setItem(KEY, JSON.stringify(seen));
