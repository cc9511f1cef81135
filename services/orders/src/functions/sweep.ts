import { scheduledEntry } from '@shipline/lambda-kit/scheduled-entry';
import { invokedPayments } from '../adapters/invoked-services.js';
import { StepFunctionsCheckouts } from '../adapters/step-functions-checkouts.js';
import { stepFunctionsClient } from '../adapters/step-functions-client.js';
import { makeStartCheckout } from '../application/start-checkout.js';
import { makeSweepOrders } from '../application/sweep-orders.js';
import { openOrders } from '../composition.js';
import { sweepConfig } from '../config.js';

/** One order takes that long when everything it asks is slow: three attempts of 5 s at the ledger, and the rest. */
const MILLISECONDS_FOR_THE_LAST = 20_000;

const config = sweepConfig();
const checkouts = new StepFunctionsCheckouts(stepFunctionsClient(), config.STATE_MACHINE_ARN);
const deps = {
  ...openOrders(config),
  checkouts,
  payments: invokedPayments(config.PAYMENTS_LOOK_UP_FUNCTION),
  startCheckout: makeStartCheckout({ checkouts }),
  random: Math.random,
};

export const handler = scheduledEntry(async ({ logger, lambda }) => {
  const sweepOrders = makeSweepOrders({
    ...deps,
    mayGoOn: () => lambda.getRemainingTimeInMillis() > MILLISECONDS_FOR_THE_LAST,
    onFailure: (orderId, error) =>
      logger.error('order not swept', { order_id: orderId, error: error as Error }),
  });
  return { ...(await sweepOrders()) };
});
