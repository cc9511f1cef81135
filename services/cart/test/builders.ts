import type { OrderLine } from '@shipline/contracts';
import type { Cart } from '../src/domain/cart.js';

export const now = new Date('2026-11-23T09:00:30.500Z');
export const usd = (amount: number) => ({ amount, currency: 'USD' });
export const line = (sku: string, quantity = 1): OrderLine => ({ sku, quantity });
export const aCart = (version: number, ...lines: readonly OrderLine[]): Cart => ({ version, lines });

/** A different, well-formed token for every character. */
export const aToken = (character = 'a') => `gct_${character.repeat(43)}`;

/** `SKU-0` to `SKU-19`: as many as fit into a cart. */
export const twentyLines = (quantity = 1) =>
  Array.from({ length: 20 }, (_, index) => line(`SKU-${index}`, quantity));
