import { type OrderId, paymentIdOf } from '@shipline/contracts';
import {
  paymentCaptured,
  paymentRefunded,
  paymentVoided,
  refundFailed,
  refundRequested,
} from '@shipline/contracts/events';
import { type OutgoingEvent, outgoing } from '@shipline/lambda-kit/outgoing-event';
import type { Fact } from './fact.js';

/** Key of the payment in its table, and the beginning of its events' ids. */
export const paymentKey = (orderId: OrderId): string => `PAY#${orderId}`;

/** `0001`: sorts as the number does. */
export const sequenceKey = (sequence: number): string => String(sequence).padStart(4, '0');

/** The event that a fact stands for, or undefined where it is nobody's business but ours. */
export function eventOf(orderId: OrderId, fact: Fact, traceHeader?: string): OutgoingEvent | undefined {
  const about = {
    id: `${paymentKey(orderId)}#${sequenceKey(fact.sequence)}`,
    subject: orderId,
    time: fact.at,
    correlationId: fact.correlationId,
    traceHeader,
  };
  const payment = { orderId, paymentId: paymentIdOf(orderId) };
  switch (fact.kind) {
    case 'captured':
      return outgoing(paymentCaptured, { ...about, data: { ...payment, amount: fact.amount } });
    case 'voided':
      return outgoing(paymentVoided, {
        ...about,
        data: { ...payment, ...(fact.reason && { reason: fact.reason }) },
      });
    case 'refund-requested':
      return outgoing(refundRequested, { ...about, data: { ...payment, ...refundOf(fact) } });
    case 'refunded': {
      const { totalRefunded } = fact;
      return outgoing(paymentRefunded, { ...about, data: { ...payment, ...refundOf(fact), totalRefunded } });
    }
    case 'refund-failed':
      return outgoing(refundFailed, { ...about, data: { ...payment, ...refundOf(fact) } });
    default:
      return undefined;
  }
}

const refundOf = ({ refundId, amount }: Extract<Fact, { refundId: unknown; amount: unknown }>) => ({
  refundId,
  amount,
});
