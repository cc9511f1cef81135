/** What happened to one order, from every source that knows something of it. Times are milliseconds since the epoch. */
export interface OrderWay {
  readonly orderId: string;
  readonly environment: string;
  /** Oldest first. */
  readonly moments: readonly Moment[];
  /** Ids of the traces that X-Ray has; empty where nothing was sampled. */
  readonly traces: readonly string[];
  readonly executions: readonly Execution[];
}

export type Source = 'trace' | 'checkout' | 'log';

export interface Moment {
  readonly at: number;
  /** Absent for what took no time, or for how long nobody knows. */
  readonly tookMs?: number;
  /** Which sources know of it. */
  readonly sources: readonly Source[];
  /** A function, or the state machine. */
  readonly where: string;
  readonly what: string;
  readonly failed: boolean;
  /** Calls to other services, as `DynamoDB PutItem 6 ms`. */
  readonly calls?: readonly string[];
}

/** One attempt at the checkout. */
export interface Execution {
  readonly name: string;
  /** `RUNNING`, `SUCCEEDED`, … */
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly events: readonly ExecutionEvent[];
}

export interface ExecutionEvent {
  readonly at: number;
  /** `TaskStateEntered`, `TaskFailed`, … */
  readonly type: string;
  /** The state that is entered or left. */
  readonly state?: string;
  /** The error's name, where it is about one. */
  readonly error?: string;
}

/** One line of a function's log. */
export interface LogLine {
  /** When CloudWatch Logs got it. */
  readonly at: number;
  readonly functionName: string;
  readonly text: string;
}

/** What is read of a segment document (AWS X-Ray Developer Guide, "X-Ray segment documents"). Times are in seconds. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  readonly end_time?: number;
  readonly trace_id?: string;
  readonly origin?: string;
  readonly namespace?: string;
  readonly fault?: boolean;
  readonly error?: boolean;
  readonly throttle?: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly aws?: { readonly request_id?: string; readonly operation?: string; readonly table_name?: string };
  readonly http?: { readonly request?: { readonly url?: string; readonly method?: string } };
  readonly links?: readonly { readonly trace_id: string }[];
  readonly subsegments?: readonly Segment[];
}

export interface Trace {
  readonly id: string;
  readonly segments: readonly Segment[];
}

/** The key of the annotation, and of the log field, that holds an order's id. */
export const ORDER_ID = 'order_id';

/** What is searched: milliseconds since the epoch. */
export interface Period {
  readonly from: number;
  readonly to: number;
}
