import {
  cancelOrder,
  getOrder,
  listOrders,
  type Money,
  placeOrder,
  SHOP_CURRENCY,
  type Sku,
} from '@shipline/contracts';
import {
  apiCheck,
  type ReleaseCheck,
  type ReleaseChecks,
  refusesInput,
  taskFails,
} from '@shipline/lambda-kit/release-checks';

/** No order is worth as much, so that an order at this price is refused after its quote. */
const NOT_THE_PRICE: Money = { amount: 99_999_999, currency: SHOP_CURRENCY };

/** So that a wrong version, which places the order all the same, moves no money. */
const NO_PAYMENT_METHOD = 'pm_synthetic';

/**
 * What a new version of a function must do before customers meet it. A version that is as it should be only reads: an
 * order that is placed stays, and its checkout is run by functions that are not on trial.
 *
 * @param sku of a product that the shop always has
 */
export const ordersReleaseChecks = ({ sku }: { sku: Sku }): ReleaseChecks => ({
  api: [
    apiCheck('lists the orders of a customer', listOrders, { expected: { items: [] } }),
    apiCheck('knows no order that nobody placed', getOrder, ({ orderId }) => ({
      params: { orderId },
      problem: 'ORDER_NOT_FOUND',
    })),
    apiCheck('cancels no order that nobody placed', cancelOrder, ({ orderId }) => ({
      params: { orderId },
      problem: 'ORDER_NOT_FOUND',
    })),
    // The quote is asked for first; nothing is reserved at another price. A version that does not compare places the
    // order: no gateway knows its payment method, so the checkout (not on trial) refuses it, and its unit goes back.
    apiCheck('quotes before it takes an order', placeOrder, ({ orderId }) => ({
      idempotencyKey: `synthetic-${orderId}`,
      body: orderOf(sku),
      problem: 'PRICE_CHANGED',
    })),
    apiCheck('takes no order for what is not sold', placeOrder, ({ orderId }) => ({
      idempotencyKey: `synthetic-${orderId}`,
      body: orderOf('SYNTHETIC-NEVER-SOLD'),
      problem: 'UNKNOWN_SKU',
    })),
  ],
  'close-order': [findsNoOrder('closes'), refusesInput()],
  'park-order': [findsNoOrder('parks'), refusesInput()],
});

/** It reads the table, and fails as it must where the checkout speaks of an order that is not there. */
const findsNoOrder = (verb: string): ReleaseCheck =>
  taskFails(`${verb} no order that nobody placed`, {
    error: 'OrderMissing',
    input: ({ orderId, correlationId }) => ({ orderId, correlationId, reason: 'checkout_failed' }),
  });

const orderOf = (sku: Sku) => ({
  lines: [{ sku, quantity: 1 }],
  expectedTotal: NOT_THE_PRICE,
  paymentMethodId: NO_PAYMENT_METHOD,
  shippingAddress: {
    name: 'Release Check',
    line1: 'Quay 1',
    postalCode: '20457',
    city: 'Hamburg',
    country: 'DE',
  },
});
