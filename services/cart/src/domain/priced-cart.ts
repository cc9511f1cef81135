import type { Money, PricedLine, Sku } from '@shipline/contracts';

/** A cart with catalog's prices of this moment. */
export interface PricedCart {
  readonly version: number;
  readonly lines: readonly PricedLine[];
  readonly total: Money;
  /** In the cart, but no longer sold. */
  readonly unavailable: readonly Sku[];
}
