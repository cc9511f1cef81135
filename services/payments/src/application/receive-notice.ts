import { OrderId } from '@shipline/contracts';
import * as z from 'zod/mini';
import type { PaymentStatus } from '../domain/payment.js';
import { PaymentError } from '../domain/payment-error.js';
import { type Gateway, GatewayUnknown, type Intent } from '../ports/gateway.js';
import type { Notice } from '../ports/notices.js';
import { Book, type BookDeps } from './book.js';
import { recordRefund } from './settle-refund.js';

/** `ignored`: not about an order's payment. */
export type Received = 'known' | 'recorded' | 'ignored';
export type ReceiveNotice = (notice: Notice, correlationId: string) => Promise<Received>;

/** The gateway's event types that we follow, and the status of the ledger that makes each old news. */
const intentNotices: Readonly<Record<string, readonly PaymentStatus[]>> = {
  'payment_intent.amount_capturable_updated': ['authorised', 'captured', 'voided'],
  'payment_intent.payment_failed': ['declined', 'voided'],
  'payment_intent.succeeded': ['captured'],
  'payment_intent.canceled': ['voided'],
};
const refundNotices = new Set(['refund.created', 'refund.updated', 'refund.failed', 'charge.refund.updated']);

/**
 * A notification may come early, late or twice, and says how things were: if the fact is there, it is old news;
 * else the gateway is asked how things are.
 *
 * @throws {PaymentError} `GATEWAY_UNAVAILABLE`: the gateway sends it again
 */
export const makeReceiveNotice =
  (deps: BookDeps & { gateway: Gateway }): ReceiveNotice =>
  async (notice, correlationId) => {
    try {
      const oldNews = intentNotices[notice.type];
      if (oldNews) return await receiveIntent(deps, notice, oldNews, correlationId);
      if (refundNotices.has(notice.type)) return await receiveRefund(deps, notice, correlationId);
      return 'ignored';
    } catch (error) {
      if (error instanceof GatewayUnknown) throw new PaymentError('GATEWAY_UNAVAILABLE', { cause: error });
      throw error;
    }
  };

type Deps = BookDeps & { gateway: Gateway };

async function receiveIntent(
  deps: Deps,
  { objectId, orderHint }: Notice,
  oldNews: readonly PaymentStatus[],
  correlationId: string,
): Promise<Received> {
  const hint = z.safeParse(OrderId, orderHint);
  const hinted = hint.success && (await Book.open(deps, { orderId: hint.data, correlationId }));
  if (hinted && hinted.payment.intentId === objectId && oldNews.includes(hinted.payment.status))
    return 'known';
  const intent = await deps.gateway.retrieveIntent(objectId);
  if (!intent?.orderId) return 'ignored';
  const { orderId } = intent;
  const book =
    hinted && hinted.about.orderId === orderId ? hinted : await Book.open(deps, { orderId, correlationId });
  // An intent that lost the race for the ledger is never confirmed.
  return book.payment.intentId === intent.id ? recordIntent(book, intent) : 'ignored';
}

async function recordIntent(book: Book, { id: intentId, status, amount, reason }: Intent): Promise<Received> {
  const before = book.payment.sequence;
  if (status === 'captured') await book.record({ kind: 'captured', intentId, amount });
  if (status === 'cancelled') {
    const why = book.payment.reason ?? reason;
    await book.record({ kind: 'voided', intentId, ...(why && { reason: why }) });
  }
  if (status === 'declined')
    await book.record({ kind: 'declined', intentId, reason: reason ?? 'card_declined' });
  if (status === 'authorised' && !(await book.findsMismatch({ id: intentId, status, amount })))
    await book.record({ kind: 'authorised', intentId, amount });
  return book.payment.sequence === before ? 'known' : 'recorded';
}

async function receiveRefund(deps: Deps, { objectId }: Notice, correlationId: string): Promise<Received> {
  const refund = await deps.gateway.retrieveRefund(objectId);
  if (!refund?.orderId || !refund.refundId) return 'ignored';
  const book = await Book.open(deps, { orderId: refund.orderId, correlationId });
  if (!book.payment.refunds.has(refund.refundId)) return 'ignored';
  const before = book.payment.sequence;
  await recordRefund(book, refund.refundId, refund);
  return book.payment.sequence === before ? 'known' : 'recorded';
}
