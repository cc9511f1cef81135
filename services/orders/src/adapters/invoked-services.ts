import { PaymentLookUp, QuoteReply, ReserveReply } from '@shipline/contracts';
import { invokeFunction } from '@shipline/lambda-kit/invoke-function';
import type { Payments, Quotes, Reservations } from '../ports/checkout.js';

/** Other services' functions behind our ports; each is called by the ARN of its alias. */
export function invokedQuotes(functionName: string): Quotes {
  const quote = invokeFunction(functionName, QuoteReply);
  return { quote: (lines) => quote({ lines }) };
}

export function invokedReservations(functionName: string): Reservations {
  return { reserve: invokeFunction(functionName, ReserveReply) };
}

export function invokedPayments(functionName: string): Payments {
  const lookUp = invokeFunction(functionName, PaymentLookUp);
  return { lookUp: (orderId, correlationId) => lookUp({ orderId, correlationId }) };
}
