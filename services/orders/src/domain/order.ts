import {
  type ClosingReason,
  type Money,
  type OrderId,
  type OrderStatus,
  type PricedLine,
  type ShippingAddress,
  sameMoney,
} from '@shipline/contracts';
import { OrderContradiction, OrderError } from './order-error.js';
import { type Facts, type OrderEventType, step, type Trigger } from './transitions.js';

/** One write of the order. The relay derives the write's event from it. */
export interface HistoryEntry {
  readonly version: number;
  readonly status: OrderStatus;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly trigger: Trigger | 'placed';
  readonly emits: OrderEventType | 'nothing';
  readonly reason?: ClosingReason;
}

export interface Order {
  readonly id: OrderId;
  readonly customerId: string;
  readonly status: OrderStatus;
  /** Grows by one with every write, which appends one entry to `history`; a stale write is refused. */
  readonly version: number;
  readonly history: readonly HistoryEntry[];
  /** Which execution of the checkout is the current one; the sweeper raises it. */
  readonly attempt: number;
  /** sha256 (hex) of the normalised request that placed it. */
  readonly bodyHash: string;
  /** With the prices that were frozen by the reservation. */
  readonly lines: readonly PricedLine[];
  readonly total: Money;
  readonly paymentMethodId: string;
  readonly shippingAddress: ShippingAddress;
  readonly cartVersion?: number;
  readonly correlationId: string;
  readonly createdAt: string;
  /** Set once; from then on the order is never confirmed. */
  readonly cancelRequestedAt?: string;
  /** Why it was refused, cancelled or parked. */
  readonly reason?: ClosingReason;
}

export type NewOrder = Omit<Order, 'status' | 'version' | 'history' | 'attempt' | 'createdAt'>;

export function place(order: NewOrder, now: Date): Order {
  const at = now.toISOString();
  const history = [{ version: 1, status: 'placed', at, trigger: 'placed', emits: 'nothing' }] as const;
  return { ...order, status: 'placed', version: 1, history, attempt: 1, createdAt: at };
}

/** When it happened, and why, for the triggers that close or park. */
export interface Occasion {
  readonly at: Date;
  readonly reason?: ClosingReason;
}

/**
 * The order after `trigger`: one version further, or the very same object where nothing changes.
 * @throws {OrderError} `ORDER_NOT_CANCELLABLE`
 * @throws {OrderContradiction} where the protocol rules it out
 */
export function advance(order: Order, trigger: Trigger, { at, reason }: Occasion): Order {
  const next = step(order.status, trigger, factsOf(order));
  if (next === 'unchanged') return order;
  if (next === 'refused') throw new OrderError('ORDER_NOT_CANCELLABLE');
  if (next === 'impossible') throw new OrderContradiction(`${order.id} is ${order.status}: ${trigger}`);
  const version = order.version + 1;
  const why = reasonOf(next.to, trigger, reason);
  const entry: HistoryEntry = {
    version,
    status: next.to,
    at: at.toISOString(),
    trigger,
    emits: next.emits,
    ...(why && { reason: why }),
  };
  const { reason: before, ...rest } = order;
  // That somebody asks to cancel what is in review does not tell why it is there.
  const current = trigger === 'cancel-requested' && next.to === order.status ? before : why;
  return {
    ...rest,
    status: next.to,
    version,
    history: [...order.history, entry],
    attempt: trigger === 'restarted' ? order.attempt + 1 : order.attempt,
    ...(trigger === 'cancel-requested' && { cancelRequestedAt: order.cancelRequestedAt ?? entry.at }),
    ...(current && { reason: current }),
  };
}

/** Captured money confirms the order, unless it is not the order's total: then somebody has to look. */
export function applyCapture(order: Order, captured: Money, at: Date): Order {
  return sameMoney(captured, order.total)
    ? advance(order, 'payment-captured', { at })
    : advance(order, 'payment-mismatched', { at, reason: 'payment_mismatch' });
}

/**
 * Nothing was paid and nothing will be: the order is refused, or cancelled where that was asked for. Where the gateway
 * held another amount than the order costs, somebody has to look first; closing it with another reason ends that.
 */
export function applyVoid(order: Order, reason: ClosingReason | undefined, at: Date): Order {
  const undecided = order.status === 'placed' || order.status === 'review';
  if (undecided && reason === 'payment_mismatch') return advance(order, 'payment-mismatched', { at, reason });
  return advance(order, 'payment-voided', { at, reason: reason ?? 'checkout_failed' });
}

/** Only a whole refund ends a cancellation. */
export function applyRefund(order: Order, totalRefunded: Money, at: Date): Order {
  return sameMoney(totalRefunded, order.total) ? advance(order, 'payment-refunded', { at }) : order;
}

/** Unfinished: the sweeper looks after it. In review, people do. */
export const isOpen = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'placed' || status === 'cancelling';

/** Name of the checkout's current execution: unique per attempt, so that starting it twice is harmless. */
export const executionName = ({ id, attempt }: Pick<Order, 'id' | 'attempt'>): string =>
  attempt === 1 ? id : `${id}.${attempt}`;

export function lastEntry({ id, history }: Pick<Order, 'id' | 'history'>): HistoryEntry {
  const entry = history.at(-1);
  if (!entry) throw new OrderContradiction(`${id} has no history`);
  return entry;
}

/** Since when, without a break, the order has its status. ISO 8601, UTC. */
export function statusSince({ id, status, history }: Pick<Order, 'id' | 'status' | 'history'>): string {
  const before = history.findLastIndex((entry) => entry.status !== status);
  return history[before + 1]?.at ?? lastEntry({ id, history }).at;
}

export function factsOf({ cancelRequestedAt, history }: Pick<Order, 'cancelRequestedAt' | 'history'>): Facts {
  const was = (...statuses: OrderStatus[]) => history.some(({ status }) => statuses.includes(status));
  return {
    cancelAsked: cancelRequestedAt !== undefined,
    paid: was('confirmed', 'cancelling'),
    closed: was('refused', 'cancelled'),
  };
}

function reasonOf(to: OrderStatus, trigger: Trigger, given: ClosingReason | undefined) {
  if (to === 'cancelled' || to === 'cancelling' || trigger === 'cancel-requested')
    return 'cancelled_by_customer';
  if (to !== 'review') return to === 'refused' ? given : undefined;
  // A capture of a closed order, or a void of a paid one.
  return trigger === 'payment-captured' || trigger === 'payment-voided' ? 'payment_mismatch' : given;
}
