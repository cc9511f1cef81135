import { type OrderId, type RefundId, sameMoney } from '@shipline/contracts';
import type { FactBody } from '../domain/fact.js';
import { type Payment, type Refund, totalRefunded } from '../domain/payment.js';
import { LedgerContradiction } from '../domain/payment-error.js';
import type { Gateway, GatewayRefund } from '../ports/gateway.js';
import { Book, type BookDeps } from './book.js';

/** The gateway forgets idempotency keys after a day: from then on a repeated request could be a second refund. */
const KEY_LIFE_HOURS = 23;

export type SettleRefund = (input: {
  orderId: OrderId;
  refundId: RefundId;
  correlationId: string;
  /** It was asked for before: look at the gateway's list before anything else. */
  again?: boolean;
}) => Promise<void>;

/**
 * Has a requested refund paid by the gateway and records what became of it. What the gateway pays later it tells
 * by webhook.
 *
 * @throws {PaymentUnknown}
 */
export const makeSettleRefund =
  (deps: BookDeps & { gateway: Gateway }): SettleRefund =>
  async ({ orderId, refundId, correlationId, again = false }) => {
    const book = await Book.open(deps, { orderId, correlationId });
    const refund = book.payment.refunds.get(refundId);
    if (!refund) throw new LedgerContradiction(`${orderId} has no refund ${refundId}`);
    if (refund.status !== 'requested') return;
    const age = deps.now().getTime() - new Date(refund.requestedAt).getTime();
    const looksFirst = again || refund.unknown || age >= KEY_LIFE_HOURS * 3_600_000;
    await recordRefund(book, refundId, await paid(book, deps.gateway, refund, looksFirst));
  };

async function paid(book: Book, gateway: Gateway, refund: Refund, looksFirst: boolean) {
  const { refundId, amount, attempt } = refund;
  const { intentId, about } = book;
  return book.attempt({ operation: 'refund', attempt, refundId }, async () => {
    const known = looksFirst ? await gateway.findRefund(intentId, refundId) : undefined;
    if (known) return known;
    // Behind a stored 500 nothing was found: only another key gets an answer.
    const key = attempt === 1 ? refundId : `${refundId}:${attempt}`;
    const made = await gateway.createRefund({ intentId, orderId: about.orderId, refundId, amount }, key);
    return made === 'refused' ? ((await gateway.findRefund(intentId, refundId)) ?? made) : made;
  });
}

/** Also used by the webhook. @throws {LedgerContradiction} where the gateway paid another amount */
export async function recordRefund(
  book: Book,
  refundId: RefundId,
  found: GatewayRefund | 'refused',
): Promise<void> {
  const refund = book.payment.refunds.get(refundId);
  if (!refund) throw new LedgerContradiction(`${book.about.orderId} has no refund ${refundId}`);
  const { amount } = refund;
  if (found !== 'refused' && !sameMoney(found.amount, amount))
    throw new LedgerContradiction(`${refundId} has another amount at the gateway`);
  const status = found === 'refused' ? 'failed' : found.status;
  if (status === 'refunded') await book.record((payment) => refundedFact(payment, refund));
  if (status === 'failed') await book.record({ kind: 'refund-failed', refundId, amount });
}

const refundedFact = (payment: Payment, { refundId, amount }: Refund): FactBody => ({
  kind: 'refunded',
  refundId,
  amount,
  totalRefunded: { ...amount, amount: totalRefunded(payment) + amount.amount },
});
