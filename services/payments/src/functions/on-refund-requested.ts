import { refundRequested } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { makeSettleRefund } from '../application/settle-refund.js';
import { openPayments } from '../composition.js';
import { gatewayConfig } from '../config.js';

const settleRefund = makeSettleRefund(openPayments(gatewayConfig()));

export const handler = consumerEntry(refundRequested, ({ data }, { correlationId }) =>
  settleRefund({ orderId: data.orderId, refundId: data.refundId, correlationId }),
);
