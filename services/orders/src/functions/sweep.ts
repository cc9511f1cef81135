import { scheduledEntry } from '@shipline/lambda-kit/scheduled-entry';
import { invokedPayments } from '../adapters/invoked-services.js';
import { StepFunctionsCheckouts } from '../adapters/step-functions-checkouts.js';
import { stepFunctionsClient } from '../adapters/step-functions-client.js';
import { makeStartCheckout } from '../application/start-checkout.js';
import { makeSweepOrders } from '../application/sweep-orders.js';
import { openOrders } from '../composition.js';
import { sweepConfig } from '../config.js';

const config = sweepConfig();
const checkouts = new StepFunctionsCheckouts(stepFunctionsClient(), config.STATE_MACHINE_ARN);
const sweepOrders = makeSweepOrders({
  ...openOrders(config),
  checkouts,
  payments: invokedPayments(config.PAYMENTS_LOOK_UP_FUNCTION),
  startCheckout: makeStartCheckout({ checkouts }),
});

export const handler = scheduledEntry(async () => ({ ...(await sweepOrders()) }));
