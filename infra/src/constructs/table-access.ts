import type { ServiceName } from '../names.js';
import type { ShiplineStack } from '../shipline-stack.js';
import type { tables } from '../tables.js';
import type { ServiceFunction } from './service-function.js';

/** What a function may do with single items; nobody may scan. A transaction needs the actions of its parts. */
export type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

type IndexOf<S extends ServiceName> = (typeof tables)[S] extends { indexes: infer I }
  ? keyof I & string
  : never;

export interface TableGrant<S extends ServiceName> {
  readonly items?: readonly ItemAction[];
  /** Indexes that it may query. */
  readonly indexes?: readonly IndexOf<S>[];
}

/** The table of the data stack beside a service's stack. */
export class TableAccess<S extends ServiceName> {
  readonly tableName: string;
  readonly tableArn: string;

  constructor(
    private readonly stack: ShiplineStack,
    readonly service: S,
  ) {
    this.tableName = stack.read(stack.names.tableName(service));
    this.tableArn = stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: this.tableName });
  }

  /** Only for tables with a stream. */
  get streamArn(): string {
    return this.stack.read(this.stack.names.tableStreamArn(this.service));
  }

  /** Gives a function of the service its table's name and exactly these actions. */
  grant(fn: ServiceFunction, { items = [], indexes = [] }: TableGrant<S>): void {
    fn.setVariable('TABLE_NAME', this.tableName);
    if (items.length > 0) {
      const actions = items.map((action) => `dynamodb:${action}`);
      fn.allow(actions, [this.tableArn]);
    }
    if (indexes.length > 0) {
      const arns = indexes.map((index) => `${this.tableArn}/index/${index}`);
      fn.allow(['dynamodb:Query'], arns);
    }
  }
}
