import { getProduct, listProducts, QuoteReply, SHOP_CURRENCY, type Sku } from '@shipline/contracts';
import { apiCheck, type ReleaseChecks, refusesInput, taskCheck } from '@shipline/lambda-kit/release-checks';

const NEVER_SOLD = 'SYNTHETIC-NEVER-SOLD';

/**
 * What a new version of a function must do before customers meet it. All of it only reads.
 *
 * @param sku of a product that the shop always has
 */
export const catalogReleaseChecks = ({ sku }: { sku: Sku }): ReleaseChecks => ({
  api: [
    apiCheck('lists products with their prices', listProducts, {
      query: { limit: 2 },
      expected: { items: [{ price: { currency: SHOP_CURRENCY } }] },
    }),
    apiCheck('shows a product', getProduct, { params: { sku }, expected: { sku } }),
    apiCheck('knows no product that is not sold', getProduct, {
      params: { sku: NEVER_SOLD },
      problem: 'PRODUCT_NOT_FOUND',
    }),
    apiCheck('refuses a cursor that it never gave', listProducts, {
      query: { cursor: 'synthetic' },
      problem: 'INVALID_CURSOR',
    }),
  ],
  quote: [
    taskCheck('quotes a product', {
      input: { lines: [{ sku, quantity: 2 }] },
      output: QuoteReply,
      expected: { quote: { lines: [{ sku, quantity: 2 }], total: { currency: SHOP_CURRENCY } } },
    }),
    taskCheck('names what is not sold', {
      input: { lines: [{ sku: NEVER_SOLD, quantity: 1 }] },
      output: QuoteReply,
      expected: { unknownSkus: [NEVER_SOLD] },
    }),
    refusesInput({ lines: [] }),
  ],
});
