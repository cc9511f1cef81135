import {
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '@shipline/contracts';
import { keyOf, OPEN_INDEX, openShards } from '@shipline/orders/stored-order';
import type { OrderRow, OrderState } from '../snapshot.js';

export interface OrderSources {
  readonly stepFunctions: SFNClient;
  readonly tables: DynamoDBDocumentClient;
}

export interface OrderPlaces {
  readonly stateMachineArn: string;
  readonly tableName: string;
}

/** As many of the youngest as are shown, besides all that run and those that failed. */
const SHOWN = 20;
/** A checkout has nine states and few retries. */
const EVENTS = 200;

/**
 * The checkouts that run, those that ended lately, and those that failed: these orders wait in review. Looks only; the
 * order's own status comes from the table.
 */
export class OrderReader {
  /** Paths of executions that are over: they do not change any more. */
  #over = new Map<string, readonly string[]>();

  constructor(
    private readonly sources: OrderSources,
    private readonly places: OrderPlaces,
  ) {}

  async read(): Promise<OrderRow[]> {
    const lists = await Promise.all([this.#list('RUNNING'), this.#list('FAILED'), this.#list()]);
    const executions = [...new Map(lists.flat().map((item) => [item.executionArn, item])).values()];
    const [statuses, paths, open] = await Promise.all([
      this.#statuses(executions.map(orderIdOf)),
      Promise.all(executions.map((item) => this.#path(item))),
      this.#open(),
    ]);
    this.#keep(executions, paths);
    const rows = executions.map((item, index) =>
      orderRow(item, paths[index] ?? [], statuses.get(orderIdOf(item))),
    );
    return [...rows, ...withoutExecution(open, rows)].toSorted(
      (a, b) => rank[a.state] - rank[b.state] || b.startedAt - a.startedAt,
    );
  }

  /** Unfinished orders, those that wait longest first: one whose checkout was never started has no execution. */
  async #open(): Promise<OpenOrder[]> {
    const pages = await Promise.all(
      openShards(0).map((shard) =>
        this.sources.tables.send(
          new QueryCommand({
            TableName: this.places.tableName,
            IndexName: OPEN_INDEX,
            KeyConditionExpression: 'openShard = :shard',
            ExpressionAttributeValues: { ':shard': shard },
            ExpressionAttributeNames: { '#status': 'status' },
            ProjectionExpression: 'orderId, openSince, #status',
            Limit: SHOWN,
          }),
        ),
      ),
    );
    return pages.flatMap(({ Items = [] }) => Items as OpenOrder[]);
  }

  async #list(statusFilter?: 'RUNNING' | 'FAILED'): Promise<ExecutionListItem[]> {
    const { executions = [] } = await this.sources.stepFunctions.send(
      new ListExecutionsCommand({
        stateMachineArn: this.places.stateMachineArn,
        maxResults: SHOWN,
        ...(statusFilter && { statusFilter }),
      }),
    );
    return executions;
  }

  async #path({ executionArn = '' }: ExecutionListItem): Promise<readonly string[]> {
    const known = this.#over.get(executionArn);
    if (known) return known;
    const { events = [] } = await this.sources.stepFunctions.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: EVENTS, includeExecutionData: false }),
    );
    return pathOf(events);
  }

  /** Forgets those that are shown no longer, so that a console of a week stays small. */
  #keep(executions: readonly ExecutionListItem[], paths: readonly (readonly string[])[]): void {
    this.#over = new Map(
      executions.flatMap(({ executionArn = '', status }, index) =>
        status === 'RUNNING' ? [] : [[executionArn, paths[index] ?? []] as const],
      ),
    );
  }

  async #statuses(orderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { tableName } = this.places;
    const keys = [...new Set(orderIds)].map((id) => keyOf(id as OrderId));
    if (keys.length === 0) return new Map();
    const { Responses = {} } = await this.sources.tables.send(
      new BatchGetCommand({
        RequestItems: {
          // Nothing of the customer: the id and how far it is.
          [tableName]: {
            Keys: keys,
            ProjectionExpression: 'orderId, #status',
            ExpressionAttributeNames: { '#status': 'status' },
          },
        },
      }),
    );
    return new Map(
      (Responses[tableName] ?? []).map(({ orderId, status }) => [String(orderId), String(status)]),
    );
  }
}

interface OpenOrder {
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

const rank = { running: 0, waiting: 1, failed: 2, done: 3 } as const;

/** An execution is called as its order; a later attempt has `.2` behind it. */
const orderIdOf = ({ name = '' }: ExecutionListItem) => name.split('.')[0] ?? name;

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
    state: stateOf(item, status),
    ...(status && { status }),
    path,
    startedAt: startDate?.getTime() ?? 0,
    ...(stopDate && { endedAt: stopDate.getTime() }),
  };
}

/** A checkout that is over says nothing of an order whose events are still under way, or that waits for a person. */
function stateOf({ status: execution }: ExecutionListItem, order: string | undefined): OrderState {
  if (execution === 'RUNNING') return 'running';
  if (order === 'review') return 'failed';
  if (order === 'placed' || order === 'cancelling') return 'waiting';
  return execution === 'SUCCEEDED' || order !== undefined ? 'done' : 'failed';
}
