import { httpEntry } from '@shipline/lambda-kit';
import { SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/release-checks';
import { recordingLogger } from '@shipline/testing';
import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { cartApi } from '../src/handlers/cart-api.js';
import { cartReleaseChecks } from '../src/release-checks.js';
import { setup } from './setup.js';

describeReleaseChecks(cartReleaseChecks({ sku: 'MUG' }), () => {
  const shop = setup();
  return {
    handlers: { api: httpEntry(cartApi(shop), { logger: recordingLogger() }) },
    state: async () => (await shop.carts.find({ customerId: SYNTHETIC_CUSTOMER }))?.lines ?? [],
    stored: () => shop.carts.all,
  };
});
