import { systemClock as now } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { createMeasure } from '@shipline/lambda-kit/metrics';
import { DynamoDbOrders } from './adapters/dynamodb-orders.js';
import { MeasuredOrders } from './adapters/measured-orders.js';
import { makeChangeOrder } from './application/change-order.js';
import { makeSettlePayment } from './application/settle-payment.js';

/** The service's table behind its port, and how orders change, for the functions to wire. */
export function openOrders({ TABLE_NAME }: { TABLE_NAME: string }) {
  const measure = createMeasure();
  const orders = new MeasuredOrders(new DynamoDbOrders(documentClient(), TABLE_NAME), measure);
  const changeOrder = makeChangeOrder({ orders });
  return { orders, changeOrder, settlePayment: makeSettlePayment({ changeOrder, now }), measure, now };
}
