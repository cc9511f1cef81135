import {
  createGuestCart,
  deleteCartItem,
  getCart,
  getGuestCart,
  mergeCart,
  putCartItem,
  putGuestCartItem,
  SHOP_CURRENCY,
  type Sku,
} from '@shipline/contracts';
import {
  apiCheck,
  askApi,
  CheckFailed,
  type ReleaseChecks,
  type Trial,
} from '@shipline/lambda-kit/release-checks';

const NEVER_SOLD = 'SYNTHETIC-NEVER-SOLD';
const NOBODYS_TOKEN = `gct_${'0'.repeat(43)}`;

/**
 * What a new version of the API must do before customers meet it. What writes works on the cart of a customer that
 * nobody is, and leaves it empty.
 *
 * @param sku of a product that the shop always has
 */
export const cartReleaseChecks = ({ sku }: { sku: Sku }): ReleaseChecks => ({
  api: [
    apiCheck('shows a cart', getCart, { expected: { total: { currency: SHOP_CURRENCY } } }),
    apiCheck('knows no cart by a token that it never gave', getGuestCart, {
      params: { token: NOBODYS_TOKEN },
      problem: 'CART_NOT_FOUND',
    }),
    // Asks catalog for the price, and writes only after its answer.
    apiCheck('takes nothing that is not sold', putCartItem, {
      params: { sku: NEVER_SOLD },
      body: { quantity: 1 },
      problem: 'UNKNOWN_SKU',
    }),
    { name: 'puts a product into a cart', writes: true, run: (trial) => putsOne(trial, sku) },
    { name: "moves a guest's cart to a customer", writes: true, run: (trial) => merges(trial, sku) },
  ],
});

async function putsOne(trial: Trial, sku: Sku): Promise<void> {
  emptyAfterwards(trial, sku);
  const put = { params: { sku }, body: { quantity: 2 }, expected: { lines: [{ sku, quantity: 2 }] } };
  await askApi(trial, putCartItem, put);
  await askApi(trial, getCart, { expected: { lines: [{ sku, quantity: 2 }] } });
  const { lines } = await askApi(trial, deleteCartItem, { params: { sku } });
  if (lines.some((line) => line.sku === sku))
    throw new CheckFailed(`no ${sku} after it was taken out`, lines);
}

/** Merging deletes the guest's cart; one that it leaves behind because it failed is gone after seven days. */
async function merges(trial: Trial, sku: Sku): Promise<void> {
  emptyAfterwards(trial, sku);
  const { token } = await askApi(trial, createGuestCart, {});
  const one = { lines: [{ sku, quantity: 1 }] };
  await askApi(trial, putGuestCartItem, { params: { token, sku }, body: { quantity: 1 }, expected: one });
  await askApi(trial, mergeCart, { body: { guestToken: token }, expected: one });
  await askApi(trial, getGuestCart, { params: { token }, problem: 'CART_NOT_FOUND' });
}

const emptyAfterwards = (trial: Trial, sku: Sku): void =>
  trial.afterwards(() => askApi(trial, deleteCartItem, { params: { sku } }, trial.live('api')));
