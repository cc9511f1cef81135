import { formatMoney, type Money, type OrderId, type PricedLine } from '@shipline/contracts';
import type { Mail } from './mail.js';
import { mailOf } from './mail-letter.js';

/** What the mails say of an order. */
export interface OrderFacts {
  readonly orderId: OrderId;
  readonly lines: readonly PricedLine[];
  readonly total: Money;
  /** When it was decided, ISO 8601. */
  readonly time: string;
}

/** Origin of the shop -> page of an order. */
export const orderUrl = (shopUrl: string, orderId: OrderId): string => `${shopUrl}/orders/${orderId}`;

/** The receipt of a confirmed order. */
export const receipt = ({ orderId, lines, total, time }: OrderFacts, shopUrl: string): Mail =>
  mailOf({
    subject: `Your Shipline receipt: ${formatMoney(total)}`,
    heading: 'Thank you. Your order is confirmed.',
    paragraphs: [`Your card was charged ${formatMoney(total)}, once. We are packing your order now.`],
    order: { orderId, lines, total, totalLabel: 'Paid' },
    time,
    link: { label: 'See your order', url: orderUrl(shopUrl, orderId) },
  });
