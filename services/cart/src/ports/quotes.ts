import type { OrderLine, QuoteReply } from '@shipline/contracts';

/** Catalog's prices of this moment. */
export interface Quotes {
  /** One line per SKU, at least one line. */
  quote(lines: readonly OrderLine[]): Promise<QuoteReply>;
}
