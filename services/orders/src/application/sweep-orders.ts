import type { ClosingReason, OrderId, PaymentLookUp } from '@shipline/contracts';
import { advance, executionName, isOpen, lastEntry, type Order, statusSince } from '../domain/order.js';
import { OrderContradiction } from '../domain/order-error.js';
import type { Checkouts, Payments } from '../ports/checkout.js';
import type { Orders } from '../ports/orders.js';
import { isChanged } from './change-order.js';
import type { SettlePayment } from './settle-payment.js';
import type { StartCheckout } from './start-checkout.js';

/** An order that nobody wrote for so long is looked at. */
const PATIENCE_MINUTES = 2;
/** After so many executions somebody has to look. */
const MAX_ATTEMPTS = 5;
/** A card's refund takes its bank up to ten working days; after so many days, somebody has to look. */
const REFUND_PATIENCE_DAYS = 14;
/** How often such a refund is asked for again: its request, or the news of its end, may have been lost. */
const REFUND_REMINDER_HOURS = 6;
/** Orders that are looked at side by side: each waits for three services. */
const AT_ONCE = 8;

type Outcome = 'left' | 'settled' | 'restarted' | 'parked';
export interface SweepReport extends Readonly<Record<Outcome, number>> {
  /** False where the time was up before every order was taken; the next run begins elsewhere. */
  readonly complete: boolean;
}
export type SweepOrders = () => Promise<SweepReport>;

export interface SweepOrdersDeps {
  readonly orders: Orders;
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  readonly settlePayment: SettlePayment;
  readonly startCheckout: StartCheckout;
  readonly now: () => Date;
  /** From 0 to below 1: which orders come first, so that the same ones are not always the last. */
  readonly random: () => number;
  /** False from the moment on when no further order may be taken. */
  readonly mayGoOn: () => boolean;
  /** Told of each one as it fails, and of why. */
  readonly onFailure: (id: OrderId, error: unknown) => void;
}

/**
 * Finds unfinished orders whose checkout died, never started, or whose events were lost, and brings them on:
 * what the ledger knows is applied, else the checkout is started again. One that fails does not hold up others.
 * @throws {AggregateError} at the end, of everything that failed
 */
export const makeSweepOrders =
  (deps: SweepOrdersDeps): SweepOrders =>
  async () => {
    const report = { left: 0, settled: 0, restarted: 0, parked: 0, complete: true };
    const failures: unknown[] = [];
    const before = new Date(deps.now().getTime() - PATIENCE_MINUTES * 60_000);
    const ids = deps.orders.openBefore(before, deps.random())[Symbol.asyncIterator]();
    const takeUntilDone = async () => {
      for (let next = await ids.next(); !next.done; next = await ids.next()) {
        if (!deps.mayGoOn()) {
          report.complete = false;
          return;
        }
        try {
          report[await sweep(deps, next.value, before)] += 1;
        } catch (error) {
          failures.push(error);
          deps.onFailure(next.value, error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeUntilDone));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be swept`);
    return report;
  };

async function sweep(deps: SweepOrdersDeps, id: OrderId, before: Date): Promise<Outcome> {
  const order = await deps.orders.findById(id);
  // The index may lag behind the order.
  if (!order || !isOpen(order) || lastEntry(order).at > before.toISOString()) return 'left';
  // What is to be cancelled was captured: no checkout of it is at work.
  const execution =
    order.status === 'cancelling' ? 'ended' : await deps.checkouts.stateOf(executionName(order));
  if (execution === 'running') return 'left';
  const known = await deps.payments.lookUp(order.id, order.correlationId);
  if (known.refundPending) return awaitRefund(deps, order);
  const settled = await settle(deps, order, known);
  if (settled) return settled.status === 'review' ? 'parked' : 'settled';
  if (execution === 'absent') {
    // It was written down and never started: the name is still unused.
    await deps.startCheckout(order);
    return 'restarted';
  }
  return tryAgain(deps, order);
}

/** Applies what the ledger knows to be final. Undefined where that does not bring the order on. */
async function settle(
  { settlePayment }: SweepOrdersDeps,
  { id, status }: Order,
  { state, amount, reason }: PaymentLookUp,
): Promise<Order | undefined> {
  if (state === 'voided') return settlePayment.voided(id, reason);
  // The capture of what is to be cancelled was applied: it is the refund that is missing.
  if (state !== 'refunded' && (state !== 'captured' || status === 'cancelling')) return undefined;
  if (!amount) throw new OrderContradiction(`${id} is ${state}, and no amount is known`);
  if (state === 'captured') return settlePayment.captured(id, amount);
  // Nothing of ours refunds an order that was never confirmed: to confirm it now would give the goods away.
  return status === 'placed' ? settlePayment.mismatched(id) : settlePayment.refunded(id, amount);
}

/**
 * A refund may take days, and its event tells the end of it: but not for ever. To ask again is harmless, since payments
 * then looks for it at the gateway first.
 */
async function awaitRefund(deps: SweepOrdersDeps, order: Order): Promise<Outcome> {
  const hoursSince = (time: string) => (deps.now().getTime() - new Date(time).getTime()) / 3_600_000;
  if (hoursSince(statusSince(order)) > REFUND_PATIENCE_DAYS * 24) return park(deps, order);
  if (order.status !== 'cancelling' || hoursSince(lastEntry(order).at) < REFUND_REMINDER_HOURS) return 'left';
  return (await saved(deps, advance(order, 'restarted', { at: deps.now() }))) ? 'restarted' : 'left';
}

/** The raised attempt is stored first: of two sweeps at once, one starts. */
async function tryAgain(deps: SweepOrdersDeps, order: Order): Promise<Outcome> {
  if (order.attempt >= MAX_ATTEMPTS) return park(deps, order);
  const next = advance(order, 'restarted', { at: deps.now() });
  if (!(await saved(deps, next))) return 'left';
  // A refund that is under way needs no execution: the write's event asks for it again.
  if (next.status === 'placed') await deps.startCheckout(next);
  return 'restarted';
}

/** The protocol's end of everything that stays unknown: the order waits for a person. */
async function park(deps: SweepOrdersDeps, order: Order): Promise<Outcome> {
  const reason: ClosingReason = order.status === 'cancelling' ? 'refund_overdue' : 'payment_unknown';
  return (await saved(deps, advance(order, 'checkout-parked', { at: deps.now(), reason })))
    ? 'parked'
    : 'left';
}

/** False where another writer came first: the order is no longer what was looked at. */
async function saved({ orders }: SweepOrdersDeps, next: Order): Promise<boolean> {
  try {
    await orders.save(next);
    return true;
  } catch (error) {
    if (isChanged(error)) return false;
    throw error;
  }
}
