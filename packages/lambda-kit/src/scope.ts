import { AsyncLocalStorage } from 'node:async_hooks';

/** Puts an annotation on the trace of a sampled invocation. */
export type AnnotateTrace = (key: string, value: string) => void;

/** What belongs to one request, message or task, and is on each of its log lines. */
export interface Scope {
  readonly correlationId: string;
  /** Log keys and trace annotations, for example `order_id`. */
  readonly annotations: Record<string, string>;
  /** Set where the invocation is sampled. */
  readonly annotateTrace?: AnnotateTrace | undefined;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs?: () => number;
}

const scopes = new AsyncLocalStorage<Scope>();

export const currentScope = (): Scope | undefined => scopes.getStore();

export const inScope = <T>(scope: Scope, run: () => T): T => scopes.run(scope, run);

/** Puts `key` on all further log lines and on the trace of what is being handled now. */
export function annotate(key: string, value: string): void {
  const scope = scopes.getStore();
  if (!scope) return;
  scope.annotations[key] = value;
  scope.annotateTrace?.(key, value);
}

/** Makes an order's log lines and traces findable by its id. */
export const annotateOrder = (orderId: string): void => annotate('order_id', orderId);
