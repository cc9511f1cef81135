import { paymentRefunded } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { openOrders } from '../composition.js';
import { tableConfig } from '../config.js';
import { aboutAnOrder } from '../handlers/payment-event.js';

const { settlePayment } = openOrders(tableConfig());

export const handler = consumerEntry(
  paymentRefunded,
  aboutAnOrder(({ orderId, totalRefunded }) => settlePayment.refunded(orderId, totalRefunded)),
);
