import type { OrderId } from '@shipline/contracts';
import { refundable } from '../domain/payment.js';
import { LedgerContradiction } from '../domain/payment-error.js';
import type { RefundIdOf } from '../ports/refund-ids.js';
import { Book, type BookDeps } from './book.js';
import type { SettleRefund } from './settle-refund.js';

export type RequestRefund = (input: {
  orderId: OrderId;
  /** The same request again is the same refund. */
  requestId: string;
  correlationId: string;
}) => Promise<void>;

/**
 * Asks for everything of an order's money that nobody has asked back yet; the request's event has it paid. Where
 * all is asked for already and something is still unpaid, the event may have been lost: then it is paid here.
 *
 * @throws {LedgerContradiction} where nothing was captured
 * @throws {PaymentUnknown}
 */
export const makeRequestRefund =
  (deps: BookDeps & { refundIdOf: RefundIdOf; settleRefund: SettleRefund }): RequestRefund =>
  async ({ orderId, requestId, correlationId }) => {
    const book = await Book.open(deps, { orderId, correlationId });
    const { captured, refunds } = book.payment;
    if (!captured) throw new LedgerContradiction(`Nothing of ${orderId} was captured`);
    const refundId = deps.refundIdOf(orderId, requestId);
    if (!refunds.has(refundId) && refundable(book.payment) > 0) {
      await book.record((payment) => ({
        kind: 'refund-requested',
        refundId,
        amount: { amount: refundable(payment), currency: captured.currency },
      }));
      return;
    }
    for (const refund of refunds.values())
      if (refund.status === 'requested')
        await deps.settleRefund({ orderId, refundId: refund.refundId, correlationId, again: true });
  };
