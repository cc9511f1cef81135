import { Router } from '@aws-lambda-powertools/event-handler/http';
import {
  cancelOrder as cancelEndpoint,
  getOrder as getEndpoint,
  listOrders as listEndpoint,
  placeOrder as placeEndpoint,
} from '@shipline/contracts';
import { annotateOrder, correlationId, customerId, idempotencyKey, refusals } from '@shipline/lambda-kit';
import type { CancelOrder } from '../application/cancel-order.js';
import type { GetOrder } from '../application/get-order.js';
import type { ListOrders } from '../application/list-orders.js';
import type { PlaceOrder } from '../application/place-order.js';
import { OrderError, type OrderErrorCode } from '../domain/order-error.js';
import { orderListView, orderView } from './order-view.js';
import { refuseCardNumbers } from './refuse-card-numbers.js';

export const statusOf = {
  CARD_NUMBER_REFUSED: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  INVALID_CURSOR: 422,
  ORDER_CHANGED: 409,
  ORDER_NOT_CANCELLABLE: 409,
  ORDER_NOT_FOUND: 404,
  PRICE_CHANGED: 409,
  QUANTITY_TOO_LARGE: 422,
  RESERVATION_EXPIRED: 409,
  SOLD_OUT: 409,
  STOCK_BUSY: 409,
  UNKNOWN_SKU: 422,
} as const satisfies Record<OrderErrorCode, number>;

export interface OrdersApi {
  readonly placeOrder: PlaceOrder;
  readonly listOrders: ListOrders;
  readonly getOrder: GetOrder;
  readonly cancelOrder: CancelOrder;
}

export function ordersApi({ placeOrder, listOrders, getOrder, cancelOrder }: OrdersApi): Router {
  const api = new Router();
  refusals(api, OrderError, statusOf);

  api.post(
    '/api/orders',
    [refuseCardNumbers],
    async ({ req, event, valid }) => {
      const { id, status } = await placeOrder({
        customerId: customerId(event),
        idempotencyKey: idempotencyKey(req),
        request: valid.req.body,
        correlationId: correlationId(),
      });
      const url = `/api/orders/${id}`;
      return { statusCode: 202, headers: { location: url }, body: { orderId: id, status, url } };
    },
    { validation: { req: { body: placeEndpoint.body } } },
  );

  api.get(
    '/api/orders',
    async ({ event, valid }) =>
      orderListView(await listOrders({ customerId: customerId(event), ...valid.req.query })),
    { validation: { req: { query: listEndpoint.query } } },
  );

  // Not annotated: a page that polls would bury what happened to the order under its own questions.
  api.get(
    '/api/orders/:orderId',
    async ({ event, valid }) =>
      orderView(await getOrder({ ...valid.req.path, customerId: customerId(event) })),
    { validation: { req: { path: getEndpoint.params } } },
  );

  api.post(
    '/api/orders/:orderId/cancel',
    async ({ event, valid }) => {
      annotateOrder(valid.req.path.orderId);
      const order = await cancelOrder({ ...valid.req.path, customerId: customerId(event) });
      return { statusCode: 202, body: orderView(order) };
    },
    { validation: { req: { path: cancelEndpoint.params } } },
  );
  return api;
}
