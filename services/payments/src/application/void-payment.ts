import type { ClosingReason, VoidPaymentInput, VoidPaymentOutput } from '@shipline/contracts';
import type { Gateway, Intent } from '../ports/gateway.js';
import { Book, type BookDeps } from './book.js';

export type VoidPayment = (input: VoidPaymentInput) => Promise<VoidPaymentOutput>;

/**
 * Gives the blocked money free: the compensation of authorise. Where nothing was opened it leaves a tombstone, so
 * that a late authorise fails; what was opened is voided only when the gateway has confirmed it, because stock
 * goes back afterwards.
 *
 * @throws {PaymentUnknown}
 */
export const makeVoidPayment =
  (deps: BookDeps & { gateway: Gateway }): VoidPayment =>
  async (input) => {
    const book = await Book.open(deps, input);
    // Somebody may open it at this very moment: then it is no tombstone that is needed.
    if (book.payment.status === 'none')
      await book.record({ kind: 'voided', ...reasonOf(book, undefined, input.reason) });
    return outcomeOf(book) ?? conclude(book, await cancelled(book, deps.gateway), input.reason);
  };

async function cancelled(book: Book, gateway: Gateway): Promise<Intent> {
  const { intentId, payment } = book;
  return book.attempt({ operation: 'void', attempt: 1 }, async () => {
    const seen = payment.unknown && (await gateway.retrieveIntent(intentId));
    const isFinal = seen?.status === 'cancelled' || seen?.status === 'captured';
    return seen && isFinal ? seen : gateway.cancelIntent(intentId);
  });
}

async function conclude(
  book: Book,
  intent: Intent,
  given: ClosingReason | undefined,
): Promise<VoidPaymentOutput> {
  const { id: intentId, status, amount } = intent;
  if (status === 'captured') await book.record({ kind: 'captured', intentId, amount });
  if (status === 'cancelled')
    await book.record({ kind: 'voided', intentId, ...reasonOf(book, intent, given) });
  return outcomeOf(book) ?? book.doubt('void');
}

function outcomeOf({ payment }: Book): VoidPaymentOutput | undefined {
  const { status, captured: amount, reason } = payment;
  if (status === 'captured' && amount) return { alreadyCaptured: { amount } };
  return status === 'voided' ? { voided: reason ? { reason } : {} } : undefined;
}

/** The best that is known of why nothing is paid: by the ledger, by the gateway, by whoever ends the checkout. */
function reasonOf({ payment }: Book, intent: Intent | undefined, given: ClosingReason | undefined) {
  const doubtful = payment.unknown === 'create' || payment.unknown === 'confirm';
  const doubt = doubtful ? ('payment_unknown' as const) : undefined;
  const reason = payment.reason ?? intent?.reason ?? given ?? doubt;
  return reason && { reason };
}
