import { CloseOrderInput } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { recordingLogger } from '@shipline/testing';
import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { ordersApi } from '../src/handlers/orders-api.js';
import { ordersReleaseChecks } from '../src/release-checks.js';
import { anOrder } from './builders.js';
import { setup } from './shop.js';

describeReleaseChecks(ordersReleaseChecks({ sku: 'MUG-CANARY' }), async () => {
  const shop = setup();
  await shop.orders.add(anOrder());
  const options = { logger: recordingLogger() };
  const state = () => ({
    orders: shop.orders.orders,
    held: shop.reservations.held,
    started: shop.checkouts.started,
  });
  return {
    handlers: {
      api: httpEntry(ordersApi(shop), options),
      'close-order': taskEntry(CloseOrderInput, shop.closeOrder, options),
      'park-order': taskEntry(CloseOrderInput, shop.parkOrder, options),
    },
    state,
    stored: state,
  };
});
