import definition from '../../state-machine/checkout.asl.json' with { type: 'json' };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: { readonly reason: string };
  readonly Next: string;
}
export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName: string; readonly Payload: Readonly<Record<string, string>> };
  readonly TimeoutSeconds?: number;
  readonly Output?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
  readonly End?: boolean;
}
export interface Machine {
  readonly QueryLanguage: string;
  /** Then the execution is over, and the sweeper decides. */
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** The definition that is deployed, before its substitutions. */
export const machine: Machine = definition;

export function stateOf({ States }: Machine, name: string): State {
  const state = States[name];
  if (!state) throw new TypeError(`no state ${name}`);
  return state;
}

/** Where Catch sends an error: the first catcher that names it, or States.ALL. */
export function caught(state: State, error: string): string | undefined {
  return state.Catch?.find(
    ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
  )?.Next;
}

export const successors = (state: State): string[] => [
  ...(state.Next ? [state.Next] : []),
  ...(state.Catch ?? []).map(({ Next }) => Next),
];

/** Every way from `from` to an end. @throws {Error} on a cycle, because such an execution might never end. */
export function pathsOf(
  machine: Machine,
  from = machine.StartAt,
  before: readonly string[] = [],
): string[][] {
  if (before.includes(from)) throw new Error(`cycle: ${[...before, from].join(' > ')}`);
  const path = [...before, from];
  const state = stateOf(machine, from);
  const onwards = successors(state).flatMap((next) => pathsOf(machine, next, path));
  return state.End || state.Type === 'Fail' ? [[...path], ...onwards] : onwards;
}

/** Longest that a task can take with all its retries, in seconds: every attempt timed out, no delay shortened by jitter. */
export function longest({ TimeoutSeconds = Number.NaN, Retry = [] }: State): number {
  const attempts = 1 + Retry.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
  return attempts * TimeoutSeconds + Retry.flatMap(delays).reduce((sum, delay) => sum + delay, 0);
}

const delays = ({ MaxAttempts, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds }: Retrier): number[] =>
  Array.from({ length: MaxAttempts }, (_, attempt) =>
    Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds ?? Number.POSITIVE_INFINITY),
  );
