import type { CaptureOutput, ClosingReason, TaskInput } from '@shipline/contracts';
import type { Gateway, Intent } from '../ports/gateway.js';
import { Book, type BookDeps } from './book.js';

export type Capture = (input: TaskInput) => Promise<CaptureOutput>;

/**
 * Takes the authorised money; the state machine calls it only after the reservation is committed. After an
 * unknown outcome it asks first: the gateway would replay a stored 500, never what happened.
 *
 * @throws {PaymentUnknown}
 */
export const makeCapture =
  (deps: BookDeps & { gateway: Gateway }): Capture =>
  async (input) => {
    const book = await Book.open(deps, input);
    return outcomeOf(book) ?? conclude(book, await captured(book, deps.gateway));
  };

async function captured(book: Book, gateway: Gateway): Promise<Intent> {
  const { intentId, asked, payment } = book;
  return book.attempt({ operation: 'capture', attempt: 1 }, async () => {
    const seen = payment.unknown && (await gateway.retrieveIntent(intentId));
    if (seen && (seen.status !== 'authorised' || (await book.findsMismatch(seen)))) return seen;
    return gateway.captureIntent(intentId, asked);
  });
}

async function conclude(book: Book, { id, status, amount }: Intent): Promise<CaptureOutput> {
  if (status === 'captured') {
    // Whatever the amount is, it is taken: orders compares it with the order's total.
    await book.record({ kind: 'captured', intentId: id, amount });
    return outcomeOf(book) ?? book.doubt('capture');
  }
  const decided = outcomeOf(book);
  if (decided) return decided;
  return status === 'authorised' || status === 'processing'
    ? book.doubt('capture')
    : notCapturable('payment_not_capturable');
}

function outcomeOf({ payment }: Book): CaptureOutput | undefined {
  const { status, captured: amount, reason } = payment;
  if (status === 'captured' && amount) return { captured: { amount } };
  if (reason === 'payment_mismatch') return notCapturable(reason);
  return status === 'opened' || status === 'authorised'
    ? undefined
    : notCapturable(reason ?? 'payment_not_capturable');
}

const notCapturable = (reason: ClosingReason): CaptureOutput => ({ notCapturable: { reason } });
