import type { OrderId, PaymentLookUp } from '@shipline/contracts';
import { fold, hasPendingRefund, isWhollyRefunded } from '../domain/payment.js';
import type { Ledger } from '../ports/ledger.js';

export type LookUpPayment = (input: { orderId: OrderId }) => Promise<PaymentLookUp>;

/** What the ledger knows of an order's money. Asks nobody and changes nothing. */
export const makeLookUpPayment =
  ({ ledger }: { ledger: Ledger }): LookUpPayment =>
  async ({ orderId }) => {
    const payment = fold(await ledger.read(orderId));
    const { status, captured, reason, unknown } = payment;
    if (status === 'captured' && captured)
      return {
        state: isWhollyRefunded(payment) ? 'refunded' : 'captured',
        amount: captured,
        ...(hasPendingRefund(payment) && { refundPending: true }),
      };
    if (status === 'voided') return { state: 'voided', ...(reason && { reason }) };
    if (unknown) return { state: 'unknown' };
    // A declined payment is still to be voided: until then it is an opened one.
    return { state: status === 'none' || status === 'authorised' ? status : 'opened' };
  };
