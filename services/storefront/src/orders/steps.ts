import type { Order, OrderStatus } from '@shipline/contracts';
import { closingSentences } from '../problems/closing-reasons.js';

export type StepState = 'done' | 'current' | 'ahead' | 'stopped';
export interface Step {
  readonly title: string;
  readonly text: string;
  readonly state: StepState;
}

export interface Voyage {
  /** Read out on every change. */
  readonly headline: string;
  readonly text: string;
  readonly tone: 'moving' | 'good' | 'stopped' | 'waiting';
  readonly steps: readonly Step[];
}

const step = (title: string, text: string, state: StepState): Step => ({ title, text, state });
const reserved = step('Order placed', 'Your goods are set aside for you.', 'done');

/** What an order's page says: where the order is, what has happened and what comes next. */
export function voyageOf(order: Pick<Order, 'status' | 'cancelRequested' | 'reason'>): Voyage {
  const { status, cancelRequested, reason } = order;
  if (cancelRequested && (status === 'placed' || status === 'confirmed')) return voyages.cancelling();
  return voyages[status](reason);
}

const refusedText = 'You have not been charged, and the stock is free again.';

const voyages: Record<OrderStatus, (reason?: Order['reason']) => Voyage> = {
  placed: () => ({
    headline: 'Authorising your payment',
    text: 'This takes a few seconds. You may close this page: the order goes on without it.',
    tone: 'moving',
    steps: [
      reserved,
      step('Payment', 'We are asking your bank.', 'current'),
      step('Confirmed', 'Then your order is certain.', 'ahead'),
    ],
  }),
  confirmed: () => ({
    headline: 'Your order is confirmed',
    text: 'Thank you. A receipt is on its way to your inbox.',
    tone: 'good',
    steps: [
      reserved,
      step('Paid', 'Your card was charged once.', 'done'),
      step('Confirmed', 'We are packing it now.', 'done'),
    ],
  }),
  shipped: () => ({
    headline: 'Your order has shipped',
    text: 'It has left the harbour and is on its way to you.',
    tone: 'good',
    steps: [
      reserved,
      step('Paid', 'Your card was charged once.', 'done'),
      step('Shipped', 'It is on its way.', 'done'),
    ],
  }),
  refused: (reason) => ({
    headline: 'Your order did not go through',
    text: `${reason ? closingSentences[reason] : closingSentences.payment_failed} ${refusedText}`,
    tone: 'stopped',
    steps: [
      step('Order placed', 'Your goods were set aside.', 'done'),
      step('Payment refused', 'No money has moved.', 'stopped'),
      step('Stock is free again', 'Nothing is held for this order.', 'done'),
    ],
  }),
  cancelling: () => ({
    headline: 'Cancelling your order',
    text: 'We are calling the payment off. Whatever was charged comes back to your card.',
    tone: 'moving',
    steps: [
      step('Order placed', 'Your goods were set aside.', 'done'),
      step('Cancelling', 'Payment and stock are being released.', 'current'),
      step('Cancelled', 'Then nothing is owed.', 'ahead'),
    ],
  }),
  cancelled: () => ({
    headline: 'Your order is cancelled',
    text: 'Nothing is owed. If your card had been charged, the money is on its way back.',
    tone: 'stopped',
    steps: [
      step('Order placed', 'Your goods were set aside.', 'done'),
      step('Cancelled', 'As you asked.', 'stopped'),
      step('Stock is free again', 'Nothing is held for this order.', 'done'),
    ],
  }),
  review: () => ({
    headline: 'We are looking at your order',
    text: 'Our payment partner gave no clear answer, so a person is checking. We will write to you; please do not order again.',
    tone: 'waiting',
    steps: [
      reserved,
      step('In review', 'A person is looking at the payment.', 'current'),
      step('Settled', 'Confirmed or called off, never both.', 'ahead'),
    ],
  }),
};

/** One word for lists. */
export const statusWords: Record<OrderStatus, string> = {
  placed: 'Paying',
  confirmed: 'Confirmed',
  shipped: 'Shipped',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
  refused: 'Not paid',
  review: 'In review',
};

/** Whether asking to cancel can still change anything. */
export const isCancellable = ({
  status,
  cancelRequested,
}: Pick<Order, 'status' | 'cancelRequested'>): boolean =>
  !cancelRequested && (status === 'placed' || status === 'confirmed');
