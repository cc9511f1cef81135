import { paymentRefunded } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { openOrders } from '../composition.js';
import { tableConfig } from '../config.js';

const { settlePayment } = openOrders(tableConfig());

export const handler = consumerEntry(paymentRefunded, ({ data }) =>
  settlePayment.refunded(data.orderId, data.totalRefunded),
);
