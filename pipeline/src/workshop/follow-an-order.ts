import type { OrderStatus } from '@shipline/contracts';
import type { Missing } from './lessons.js';

/** What lesson 1 leaves behind. */
export interface OrdersSeen {
  readonly orders: readonly { readonly orderId: string; readonly status: OrderStatus }[];
  /** The texts of all mails in the inbox. */
  readonly mails: readonly string[];
}

export function missingOfFollowing({ orders, mails }: OrdersSeen): Missing {
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  const isRefused = orders.some(({ status }) => status === 'refused');
  const hasReceipt = confirmed.some(({ orderId }) => mails.some((mail) => mail.includes(orderId)));
  return [
    ...(confirmed.length === 0
      ? ['No order is confirmed yet: buy something with a card that pays (step 2, `pnpm workshop buy`).']
      : []),
    ...(confirmed.length > 0 && !hasReceipt
      ? [
          `Order ${confirmed[0]?.orderId} is confirmed, but its receipt is not in the inbox: wait a moment and ask again; where it does not come, \`pnpm trace ${confirmed[0]?.orderId}\` shows how far it got.`,
        ]
      : []),
    ...(isRefused
      ? []
      : [
          'No order is refused yet: buy something with a card that is declined (step 5, `pnpm workshop buy --card pm_card_visa_chargeDeclined`).',
        ]),
  ];
}
