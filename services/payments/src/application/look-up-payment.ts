import type { OrderId, PaymentLookUp } from '@shipline/contracts';
import { fold } from '../domain/payment.js';
import type { Ledger } from '../ports/ledger.js';

export type LookUpPayment = (input: { orderId: OrderId }) => Promise<PaymentLookUp>;

/** What the ledger knows of an order's money. Asks nobody and changes nothing. */
export const makeLookUpPayment =
  ({ ledger }: { ledger: Ledger }): LookUpPayment =>
  async ({ orderId }) => {
    const { status, captured, reason, unknown } = fold(await ledger.read(orderId));
    if (status === 'captured' && captured) return { state: 'captured', amount: captured };
    if (status === 'voided') return { state: 'voided', ...(reason && { reason }) };
    if (unknown) return { state: 'unknown' };
    // A declined payment is still to be voided: until then it is an opened one.
    return { state: status === 'none' || status === 'authorised' ? status : 'opened' };
  };
