import type { Order } from '@shipline/contracts';
import type { Intent } from './gateway.js';

/** What the other services, and the card company, know of an order. */
export interface Story {
  readonly reservation: string | undefined;
  /** Kinds of the payment's facts. */
  readonly ledger: readonly string[];
  readonly intents: readonly Pick<Intent, 'status' | 'amount_received' | 'refunded'>[];
}

/**
 * What must be true of every order that rests: order, reservation, ledger and gateway tell the same story.
 * @returns a sentence for each thing that is not so.
 */
export function contradictions(order: Pick<Order, 'orderId' | 'status' | 'total'>, story: Story): string[] {
  const paid = story.intents.filter(({ status }) => status === 'succeeded');
  const received = paid.reduce((sum, { amount_received: amount }) => sum + amount, 0);
  const refunded = paid.reduce((sum, intent) => sum + intent.refunded, 0);
  const isConfirmed = order.status === 'confirmed';
  const isClosed = order.status === 'refused' || order.status === 'cancelled';
  const rules: readonly (readonly [boolean, string])[] = [
    [story.intents.every(({ status }) => status !== 'requires_capture'), 'money is blocked on the card'],
    [paid.length <= 1, `it was paid ${paid.length} times`],
    [!isConfirmed || story.reservation === 'committed', `its stock is ${story.reservation}`],
    [!isConfirmed || received === order.total.amount, `${received} of ${order.total.amount} were received`],
    [!isConfirmed || story.ledger.includes('captured'), 'the ledger knows of no capture'],
    [!isClosed || givenBack.includes(story.reservation), `its stock is ${story.reservation}`],
    [!isClosed || refunded === received, `${refunded} of ${received} were refunded`],
  ];
  return rules.flatMap(([holds, otherwise]) =>
    holds ? [] : [`${order.orderId} is ${order.status}, and ${otherwise}`],
  );
}

const givenBack: readonly (string | undefined)[] = ['released', 'expired', 'returned', undefined];
