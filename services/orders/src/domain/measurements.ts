import type { Measurement } from '@shipline/lambda-kit/measurement';
import { type HistoryEntry, lastEntry, type Order } from './order.js';

/** The objective of checkout (docs/slo.md): by then an order is confirmed, refused or cancelled. */
const DECIDED_WITHIN_SECONDS = 30;

/** What the order's last write says in numbers. A write that changes no status says nothing. */
export function measurementsOf(order: Order): Measurement[] {
  const entry = lastEntry(order);
  const before = order.history.at(-2);
  if (!before) return [{ name: 'OrdersPlaced', value: 1 }];
  if (before.status === entry.status) return [];
  const isDecision = before.status === 'placed';
  const outcome = outcomeOf(order, entry);
  if (!isDecision) return outcome;
  return [...outcome, lateness(order, entry), ...duration(order, entry)];
}

function outcomeOf(order: Order, { status, reason = 'checkout_failed' }: HistoryEntry): Measurement[] {
  const { total, history } = order;
  // A refund that failed after all takes a cancelled order into review, and a second one back.
  const cancelledBefore = history.slice(0, -1).some((entry) => entry.status === 'cancelled');
  switch (status) {
    case 'confirmed':
      return [
        { name: 'OrdersConfirmed', value: 1 },
        // Gross: a refund does not take it back.
        { name: 'RevenueMinorUnits', value: total.amount, dimensions: { currency: total.currency } },
      ];
    case 'refused':
      return [{ name: 'OrdersRefused', value: 1, dimensions: { reason } }];
    case 'cancelled':
      return cancelledBefore ? [] : [{ name: 'OrdersCancelled', value: 1 }];
    case 'review':
      return [{ name: 'OrdersParked', value: 1, dimensions: { reason } }];
    default:
      return [];
  }
}

/** 1 where the customer waited too long or still waits, else 0: its sum over its count is the share that failed. */
function lateness(order: Order, entry: HistoryEntry): Measurement {
  const late = entry.status === 'review' || millisecondsTo(order, entry) > DECIDED_WITHIN_SECONDS * 1000;
  return { name: 'OrdersLate', value: late ? 1 : 0 };
}

/** Of what the checkout itself brought about. */
const duration = (order: Order, entry: HistoryEntry): Measurement[] =>
  entry.status === 'confirmed' || entry.status === 'refused'
    ? [
        {
          name: 'CheckoutDuration',
          value: millisecondsTo(order, entry),
          dimensions: { outcome: entry.status },
        },
      ]
    : [];

const millisecondsTo = ({ createdAt }: Order, { at }: HistoryEntry): number =>
  new Date(at).getTime() - new Date(createdAt).getTime();
