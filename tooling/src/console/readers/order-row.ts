import type { ExecutionListItem, HistoryEvent } from '@aws-sdk/client-sfn';
import type { OrderRow, OrderState } from '../snapshot.js';

/** An execution is called as its order; a later attempt has `.2` behind it. */
export const orderIdOf = ({ name = '' }: ExecutionListItem) => name.split('.')[0] ?? name;

/** The states that were entered, in order; a retry enters none. */
export const pathOf = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);

export function orderRow(
  item: ExecutionListItem,
  path: readonly string[],
  status: string | undefined,
): OrderRow {
  const { startDate, stopDate } = item;
  return {
    orderId: orderIdOf(item),
    state: orderStateOf(item, status),
    ...(status && { status }),
    path,
    startedAt: startDate?.getTime() ?? 0,
    ...(stopDate && { endedAt: stopDate.getTime() }),
  };
}

/** A checkout that is over says nothing of an order whose events are still under way, or that waits for a person. */
export function orderStateOf(
  { status: execution }: ExecutionListItem,
  order: string | undefined,
): OrderState {
  if (execution === 'RUNNING') return 'running';
  if (order === 'review') return 'failed';
  if (order === 'placed' || order === 'cancelling') return 'waiting';
  return execution === 'SUCCEEDED' || order !== undefined ? 'done' : 'failed';
}

/** As the index of open orders has it. */
export interface OpenOrder {
  readonly orderId: string;
  readonly openSince: string;
  readonly status: string;
}

/** Open orders that none of the rows is about. */
export function withoutExecution(open: readonly OpenOrder[], rows: readonly OrderRow[]): OrderRow[] {
  const known = new Set(rows.map(({ orderId }) => orderId));
  return open
    .filter(({ orderId }) => !known.has(orderId))
    .map(({ orderId, openSince, status }) => ({
      orderId,
      state: 'waiting',
      status,
      path: [],
      startedAt: Date.parse(openSince),
    }));
}

const rank = { failed: 0, running: 1, waiting: 2, done: 3 } as const satisfies Record<OrderState, number>;

/** What waits for a person first, then what is under way; the youngest of each first. */
export const byUrgency = (a: OrderRow, b: OrderRow): number =>
  rank[a.state] - rank[b.state] || b.startedAt - a.startedAt;
