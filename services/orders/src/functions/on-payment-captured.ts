import { paymentCaptured } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { openOrders } from '../composition.js';
import { tableConfig } from '../config.js';

const { settlePayment } = openOrders(tableConfig());

export const handler = consumerEntry(paymentCaptured, ({ data }) =>
  settlePayment.captured(data.orderId, data.amount),
);
