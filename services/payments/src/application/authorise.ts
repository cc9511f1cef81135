import {
  type AuthoriseInput,
  type AuthoriseOutput,
  type ClosingReason,
  paymentIdOf,
  sameMoney,
} from '@shipline/contracts';
import type { Gateway, Intent } from '../ports/gateway.js';
import { Book, type BookDeps } from './book.js';

export type Authorise = (input: AuthoriseInput) => Promise<AuthoriseOutput>;

/**
 * Reserves the money on the card. The intent is created unconfirmed and its id put into the ledger, and only the
 * intent that the ledger has is confirmed: however many executions run, one authorisation is the most.
 * Compensation: void-payment.
 *
 * @throws {PaymentUnknown}
 */
export const makeAuthorise =
  (deps: BookDeps & { gateway: Gateway }): Authorise =>
  async (input) => {
    const { gateway } = deps;
    const book = await Book.open(deps, input);
    const opened = book.payment.status === 'none' ? await open(book, gateway, input) : undefined;
    const decided = outcomeOf(book);
    if (decided) return decided;
    if (!sameMoney(book.asked, input.total)) {
      // The same order with another total: it must not be paid by either.
      const { total: expected } = input;
      await book.record({ kind: 'mismatch', intentId: book.intentId, expected, found: book.asked });
      return refused('payment_mismatch');
    }
    return conclude(book, await confirmed(book, gateway, opened));
  };

/**
 * Creates an intent and offers it to the ledger: the first one there is the payment's. Where the gateway will not even
 * create one, a tombstone keeps the reason: nothing was opened, and nothing of this order will be.
 */
async function open(
  book: Book,
  gateway: Gateway,
  { orderId, total, paymentMethodId }: AuthoriseInput,
): Promise<Intent | undefined> {
  const paymentId = paymentIdOf(orderId);
  const attempt = book.payment.createAttempt;
  const created = await book.attempt({ operation: 'create', attempt }, () =>
    gateway.createIntent(
      { orderId, paymentId, amount: total, paymentMethodId },
      `${paymentId}:create:${attempt}`,
    ),
  );
  if ('refused' in created) {
    await book.record({ kind: 'voided', reason: created.refused });
    return undefined;
  }
  await book.record({ kind: 'opened', intentId: created.id, amount: total });
  return created;
}

/** The ledger's intent after its confirmation. What was not created just now is asked for before it is acted on. */
async function confirmed(book: Book, gateway: Gateway, created: Intent | undefined): Promise<Intent> {
  const { intentId } = book;
  const key = `${paymentIdOf(book.about.orderId)}:confirm`;
  return book.attempt({ operation: 'confirm', attempt: 1 }, async () => {
    const seen = created?.id === intentId ? created : await gateway.retrieveIntent(intentId);
    return seen && seen.status !== 'unconfirmed' ? seen : gateway.confirmIntent(intentId, key);
  });
}

async function conclude(book: Book, intent: Intent): Promise<AuthoriseOutput> {
  const { id: intentId, status, amount } = intent;
  switch (status) {
    case 'authorised':
    case 'captured':
      if (await book.findsMismatch(intent)) return refused('payment_mismatch');
      await book.record({ kind: 'authorised', intentId, amount });
      return outcomeOf(book) ?? book.doubt('confirm');
    case 'declined':
      await book.record({ kind: 'declined', intentId, reason: intent.reason ?? 'card_declined' });
      return outcomeOf(book) ?? book.doubt('confirm');
    case 'cancelled':
      // Void-payment comes next and writes down what the gateway says.
      return refused('payment_failed');
    default:
      return book.doubt('confirm');
  }
}

/** What the ledger has decided already. */
function outcomeOf({ payment, about }: Book): AuthoriseOutput | undefined {
  const { status, reason } = payment;
  if (reason === 'payment_mismatch') return refused(reason);
  if (status === 'authorised' || status === 'captured')
    return { authorised: { paymentId: paymentIdOf(about.orderId) } };
  if (status === 'declined' || status === 'voided') return refused(reason ?? 'payment_failed');
  return undefined;
}

const refused = (reason: ClosingReason): AuthoriseOutput => ({ refused: { reason } });
