import type { QuoteReply } from '@shipline/contracts';
import type { Invoke } from '@shipline/lambda-kit/invoke-function';
import type { Quotes } from '../ports/quotes.js';

/** Catalog's function `quote`. @throws {DownstreamFault} */
export const catalogQuotes = (invoke: Invoke<QuoteReply>): Quotes => ({
  quote: (lines) => invoke({ lines }),
});
