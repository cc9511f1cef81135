import { systemClock as now } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { DynamoDbOrders } from './adapters/dynamodb-orders.js';
import { makeChangeOrder } from './application/change-order.js';
import { makeSettlePayment } from './application/settle-payment.js';

/** The service's table behind its port, and how orders change, for the functions to wire. */
export function openOrders({ TABLE_NAME }: { TABLE_NAME: string }) {
  const orders = new DynamoDbOrders(documentClient(), TABLE_NAME);
  const changeOrder = makeChangeOrder({ orders });
  return { orders, changeOrder, settlePayment: makeSettlePayment({ changeOrder, now }), now };
}
