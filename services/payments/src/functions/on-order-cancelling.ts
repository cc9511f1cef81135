import { orderCancelling } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { derivedRefundId } from '../adapters/derived-refund-ids.js';
import { makeRequestRefund } from '../application/request-refund.js';
import { makeSettleRefund } from '../application/settle-refund.js';
import { openPayments } from '../composition.js';
import { gatewayConfig } from '../config.js';

const service = openPayments(gatewayConfig());
const requestRefund = makeRequestRefund({
  ...service,
  refundIdOf: derivedRefundId,
  settleRefund: makeSettleRefund(service),
});

export const handler = consumerEntry(orderCancelling, ({ id, data }, { correlationId }) =>
  requestRefund({ orderId: data.orderId, requestId: id, correlationId }),
);
