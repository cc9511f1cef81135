import type { OrderStatus } from '@shipline/contracts';

/** Everything that can happen to an order after it was placed. */
export const triggers = [
  'cancel-requested',
  'payment-captured',
  'payment-mismatched',
  'payment-voided',
  'payment-refunded',
  'refund-failed',
  'checkout-parked',
  'restarted',
] as const;
export type Trigger = (typeof triggers)[number];

export type OrderEventType =
  | 'order.cancel-requested.v1'
  | 'order.cancelling.v1'
  | 'order.cancelled.v1'
  | 'order.confirmed.v1'
  | 'order.parked.v1'
  | 'order.refused.v1';

/** One write: the next status, and the one event that the write emits. */
export interface Move {
  readonly to: OrderStatus;
  readonly emits: OrderEventType | 'nothing';
}

/** `unchanged`: known already, acknowledged. `refused`: the caller gets a 409. `impossible`: a fault. */
export type Step = Move | 'unchanged' | 'refused' | 'impossible';

/** What the status alone does not tell. */
export interface Facts {
  /** The customer asked to cancel. */
  readonly cancelAsked: boolean;
  /** A capture was applied before. */
  readonly paid: boolean;
  /** The order was refused or cancelled before. */
  readonly closed: boolean;
}
type Cell = Step | ((facts: Facts) => Step);

const confirm: Move = { to: 'confirmed', emits: 'order.confirmed.v1' };
const refund: Move = { to: 'cancelling', emits: 'order.cancelling.v1' };
const refuse: Move = { to: 'refused', emits: 'order.refused.v1' };
const cancel: Move = { to: 'cancelled', emits: 'order.cancelled.v1' };
const park: Move = { to: 'review', emits: 'order.parked.v1' };
const askToCancel = (to: OrderStatus): Move => ({ to, emits: 'order.cancel-requested.v1' });

const settlePaid = ({ cancelAsked }: Facts) => (cancelAsked ? refund : confirm);
const settleUnpaid = ({ cancelAsked }: Facts) => (cancelAsked ? cancel : refuse);
const whereUndecided =
  (settle: (facts: Facts) => Step) =>
  (facts: Facts): Step =>
    // A capture or a void that comes again must not undo what a person in review has to look at.
    facts.paid || facts.closed ? 'unchanged' : settle(facts);

const table: Record<Trigger, Record<OrderStatus, Cell>> = {
  'cancel-requested': {
    placed: ({ cancelAsked }) => (cancelAsked ? 'unchanged' : askToCancel('placed')),
    confirmed: refund,
    cancelling: 'unchanged',
    cancelled: 'unchanged',
    refused: 'refused',
    // What is still held goes back; a capture that turns up later is refunded.
    review: ({ cancelAsked }) => (cancelAsked ? 'unchanged' : askToCancel('review')),
    shipped: 'refused',
  },
  'payment-captured': {
    placed: settlePaid,
    confirmed: 'unchanged',
    cancelling: 'unchanged',
    cancelled: ({ paid }) => (paid ? 'unchanged' : park),
    refused: park,
    review: whereUndecided(settlePaid),
    shipped: 'unchanged',
  },
  'payment-mismatched': {
    placed: park,
    confirmed: 'impossible',
    cancelling: 'impossible',
    cancelled: ({ paid }) => (paid ? 'impossible' : park),
    refused: park,
    review: 'unchanged',
    shipped: 'impossible',
  },
  'payment-voided': {
    placed: settleUnpaid,
    confirmed: park,
    cancelling: park,
    cancelled: 'unchanged',
    refused: 'unchanged',
    review: whereUndecided(settleUnpaid),
    shipped: 'impossible',
  },
  'payment-refunded': {
    placed: 'impossible',
    confirmed: 'unchanged',
    cancelling: cancel,
    cancelled: 'unchanged',
    refused: 'impossible',
    review: ({ paid }) => (paid ? cancel : 'impossible'),
    shipped: 'unchanged',
  },
  'refund-failed': {
    placed: 'impossible',
    confirmed: 'unchanged',
    cancelling: park,
    cancelled: ({ paid }) => (paid ? park : 'impossible'),
    refused: 'impossible',
    review: 'unchanged',
    shipped: 'unchanged',
  },
  'checkout-parked': {
    placed: park,
    confirmed: 'unchanged',
    cancelling: park,
    cancelled: 'unchanged',
    refused: 'unchanged',
    review: 'unchanged',
    shipped: 'unchanged',
  },
  // A restarted checkout emits no event; a refund that got lost on its way is asked for again.
  restarted: {
    placed: { to: 'placed', emits: 'nothing' },
    confirmed: 'unchanged',
    cancelling: refund,
    cancelled: 'unchanged',
    refused: 'unchanged',
    review: 'unchanged',
    shipped: 'unchanged',
  },
};

/** The state machine of an order: what a trigger does in a status. Total: every pair has an answer. */
export function step(status: OrderStatus, trigger: Trigger, facts: Facts): Step {
  const cell = table[trigger][status];
  return typeof cell === 'function' ? cell(facts) : cell;
}
