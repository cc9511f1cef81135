import { httpEntry } from '@shipline/lambda-kit';
import { invokedQuotes, invokedReservations } from '../adapters/invoked-services.js';
import { orderIdentity } from '../adapters/order-identity.js';
import { StepFunctionsCheckouts } from '../adapters/step-functions-checkouts.js';
import { stepFunctionsClient } from '../adapters/step-functions-client.js';
import { makeCancelOrder } from '../application/cancel-order.js';
import { makeGetOrder } from '../application/get-order.js';
import { makeListOrders } from '../application/list-orders.js';
import { measuringRefusals } from '../application/measure-refusals.js';
import { makePlaceOrder } from '../application/place-order.js';
import { makeStartCheckout } from '../application/start-checkout.js';
import { openOrders } from '../composition.js';
import { apiConfig } from '../config.js';
import { ordersApi } from '../handlers/orders-api.js';

const config = apiConfig();
const service = openOrders(config);
const checkouts = new StepFunctionsCheckouts(stepFunctionsClient(), config.STATE_MACHINE_ARN);

const placeOrder = makePlaceOrder({
  ...service,
  quotes: invokedQuotes(config.CATALOG_QUOTE_FUNCTION),
  reservations: invokedReservations(config.INVENTORY_RESERVE_FUNCTION),
  startCheckout: makeStartCheckout({ checkouts }),
  identity: orderIdentity,
});

export const handler = httpEntry(
  ordersApi({
    placeOrder: measuringRefusals(placeOrder, service.measure),
    listOrders: makeListOrders(service),
    getOrder: makeGetOrder(service),
    cancelOrder: makeCancelOrder(service),
  }),
);
