import { orderParked } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { makeVoidPayment } from '../application/void-payment.js';
import { openPayments } from '../composition.js';
import { gatewayConfig } from '../config.js';

const voidPayment = makeVoidPayment(openPayments(gatewayConfig()));

/**
 * Nobody waits for a parked checkout any more, so an authorisation that turns up is voided, never captured. Money
 * that was captured stays: whether it goes back, a person decides. `PaymentUnknown` brings the message back.
 */
export const handler = consumerEntry(orderParked, ({ data: { orderId, reason } }, { correlationId }) =>
  voidPayment({ orderId, reason, correlationId }),
);
