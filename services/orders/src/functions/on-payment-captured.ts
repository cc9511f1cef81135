import { paymentCaptured } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { openOrders } from '../composition.js';
import { tableConfig } from '../config.js';
import { aboutAnOrder } from '../handlers/payment-event.js';

const { settlePayment } = openOrders(tableConfig());

export const handler = consumerEntry(
  paymentCaptured,
  aboutAnOrder(({ orderId, amount }) => settlePayment.captured(orderId, amount)),
);
