import type { ClosingReason } from '@shipline/contracts';
import { closingSentences } from './closing-reasons.js';
import type { Mail } from './mail.js';
import { mailOf } from './mail-letter.js';
import { type OrderFacts, orderUrl } from './receipt.js';

/** Tells that an order did not become one. A refused order's payment was voided: nothing was charged. */
export const refusalNotice = (
  { orderId, lines, total, time, reason }: OrderFacts & { readonly reason: ClosingReason },
  shopUrl: string,
): Mail =>
  mailOf({
    subject: 'Your Shipline order did not go through',
    heading: 'Your order did not go through.',
    paragraphs: [
      closingSentences[reason],
      'You have not been charged. If your bank shows the amount as reserved, it disappears within a few days.',
    ],
    order: { orderId, lines, total, totalLabel: 'Not charged' },
    time,
    link: { label: 'See what happened', url: orderUrl(shopUrl, orderId) },
  });
