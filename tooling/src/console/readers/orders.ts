import {
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderState, Orders } from '../snapshot.js';
import { byUrgency, orderIdOf, orderRow, orderStateOf, pathOf, withoutExecution } from './order-row.js';
import { OrderTable } from './order-table.js';

export interface OrderSources {
  readonly stepFunctions: SFNClient;
  readonly tables: DynamoDBDocumentClient;
}

export interface OrderPlaces {
  readonly stateMachineArn: string;
  readonly tableName: string;
}

/** As many of those that run, and of the youngest. */
const SHOWN = 20;
/** Of the checkouts that failed in the 90 days that Step Functions remembers: most of their orders are settled by now. */
const FAILED = 100;
/** A checkout has nine states and few retries. */
const EVENTS = 200;

interface Listed {
  readonly executions: readonly ExecutionListItem[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

/**
 * The checkouts that run, those that ended lately, and those that failed and whose orders still wait in review. Looks
 * only; the order's own status comes from the table.
 */
export class OrderReader {
  /** Paths of executions that are over: they do not change any more. */
  #over = new Map<string, readonly string[]>();
  readonly #table: OrderTable;

  constructor(
    private readonly sources: OrderSources,
    private readonly places: OrderPlaces,
  ) {
    this.#table = new OrderTable(sources.tables, places.tableName);
  }

  async read(): Promise<Orders> {
    const [running, failed, youngest, open] = await Promise.all([
      this.#list(SHOWN, 'RUNNING'),
      this.#list(FAILED, 'FAILED'),
      this.#list(SHOWN),
      this.#table.open(SHOWN),
    ]);
    const listed = [running, failed, youngest].flatMap(({ executions }) => executions);
    const statuses = await this.#table.statuses(listed.map(orderIdOf));
    const inReview = (item: ExecutionListItem) =>
      orderStateOf(item, statuses.get(orderIdOf(item))) === 'failed';
    const shown = once([
      ...running.executions,
      ...failed.executions.filter(inReview),
      ...youngest.executions,
    ]);
    const paths = await Promise.all(shown.map((item) => this.#path(item)));
    this.#keep(shown, paths);
    const rows = shown.map((item, index) =>
      orderRow(item, paths[index] ?? [], statuses.get(orderIdOf(item))),
    );
    const cut: OrderState[] = [
      ...(running.more ? ['running' as const] : []),
      ...(open.more ? ['waiting' as const] : []),
      ...(failed.more ? ['failed' as const] : []),
    ];
    return { rows: [...rows, ...withoutExecution(open.orders, rows)].toSorted(byUrgency), cut };
  }

  async #list(maxResults: number, statusFilter?: 'RUNNING' | 'FAILED'): Promise<Listed> {
    const { executions = [], nextToken } = await this.sources.stepFunctions.send(
      new ListExecutionsCommand({
        stateMachineArn: this.places.stateMachineArn,
        maxResults,
        ...(statusFilter && { statusFilter }),
      }),
    );
    return { executions, more: nextToken !== undefined };
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
}

const once = (executions: readonly ExecutionListItem[]): ExecutionListItem[] => [
  ...new Map(executions.map((item) => [item.executionArn, item])).values(),
];
