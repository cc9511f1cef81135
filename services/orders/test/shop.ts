import type { OrderId } from '@shipline/contracts';
import { fixedClock } from '@shipline/testing';
import { orderIdentity } from '../src/adapters/order-identity.js';
import { makeCancelOrder } from '../src/application/cancel-order.js';
import { makeChangeOrder } from '../src/application/change-order.js';
import { makeCloseOrder } from '../src/application/close-order.js';
import { makeGetOrder } from '../src/application/get-order.js';
import { makeListOrders } from '../src/application/list-orders.js';
import { makeParkOrder } from '../src/application/park-order.js';
import { makePlaceOrder } from '../src/application/place-order.js';
import { makeSettlePayment } from '../src/application/settle-payment.js';
import { makeStartCheckout } from '../src/application/start-checkout.js';
import { makeSweepOrders } from '../src/application/sweep-orders.js';
import { now } from './builders.js';
import { InMemoryOrders } from './fakes/in-memory-orders.js';
import { FakeCatalog, FakeCheckouts, FakeInventory, FakePayments } from './fakes/services.js';

interface Setting {
  /** What the clock shows. */
  readonly at?: Date;
  readonly random?: () => number;
  readonly mayGoOn?: () => boolean;
}

/** Every use case of the service, on fakes. */
export function setup({ at = now, random = () => 0, mayGoOn = () => true }: Setting = {}) {
  const unswept: (readonly [OrderId, unknown])[] = [];
  const clock = fixedClock(at);
  const orders = new InMemoryOrders();
  const quotes = new FakeCatalog();
  const reservations = new FakeInventory();
  const checkouts = new FakeCheckouts();
  const payments = new FakePayments();
  const changeOrder = makeChangeOrder({ orders });
  const startCheckout = makeStartCheckout({ checkouts });
  const settlePayment = makeSettlePayment({ changeOrder, now: clock });
  const deps = { orders, changeOrder, startCheckout, settlePayment, now: clock };
  return {
    orders,
    quotes,
    reservations,
    checkouts,
    payments,
    settlePayment,
    /** What the sweep told of its failures. */
    unswept,
    placeOrder: makePlaceOrder({ ...deps, quotes, reservations, identity: orderIdentity }),
    cancelOrder: makeCancelOrder(deps),
    getOrder: makeGetOrder(deps),
    listOrders: makeListOrders(deps),
    closeOrder: makeCloseOrder(deps),
    parkOrder: makeParkOrder(deps),
    sweepOrders: makeSweepOrders({
      ...deps,
      checkouts,
      payments,
      random,
      mayGoOn,
      onFailure: (id, error) => unswept.push([id, error]),
    }),
  };
}
