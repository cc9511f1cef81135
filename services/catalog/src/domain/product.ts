import type { Money, Sku } from '@shipline/contracts';

/** Something that the shop sells. */
export interface Product {
  readonly sku: Sku;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  /** Path of the picture below the shop's origin. */
  readonly image: string;
}
