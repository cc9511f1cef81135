import type { ClosingReason } from '@shipline/contracts';
import { closingSentences } from './closing-reasons.js';
import type { Mail } from './mail.js';
import { mailOf } from './mail-letter.js';
import { type OrderFacts, orderUrl } from './receipt.js';

/**
 * Tells that a cancellation is complete. It happened before the payment or after its refund, and the event does
 * not say which: the words are true of both.
 */
export const cancellationNotice = (
  { orderId, lines, total, time, reason }: OrderFacts & { readonly reason: ClosingReason },
  shopUrl: string,
): Mail =>
  mailOf({
    subject: 'Your Shipline order is cancelled',
    heading: 'Your order is cancelled.',
    paragraphs: [
      closingSentences[reason],
      'Whatever was charged has been refunded in full. Your bank may take a few days to show it.',
    ],
    order: { orderId, lines, total, totalLabel: 'Cancelled' },
    time,
    link: { label: 'See your order', url: orderUrl(shopUrl, orderId) },
  });
