/**
 * What the shop's page and the card frame say to each other by postMessage. Both sides check the origin and
 * the window of every message before they read it; no message carries anything of the card.
 */
export interface GatewayError {
  readonly type:
    | 'validation_error'
    | 'card_error'
    | 'invalid_request_error'
    | 'api_error'
    | 'api_connection_error';
  readonly code?: string;
  readonly message: string;
}

/** From Stripe's Appearance API: the variables that the frame understands. */
export interface Appearance {
  readonly variables?: Readonly<Record<string, string>>;
}

export type ToFrame =
  | { readonly type: 'init'; readonly publishableKey: string; readonly appearance: Appearance }
  | { readonly type: 'validate'; readonly request: number }
  | { readonly type: 'create-payment-method'; readonly request: number }
  | { readonly type: 'focus' };

export type ToPage =
  | { readonly type: 'hello' }
  | { readonly type: 'ready' }
  | { readonly type: 'resize'; readonly height: number }
  | { readonly type: 'change'; readonly complete: boolean }
  | {
      readonly type: 'reply';
      readonly request: number;
      readonly error?: GatewayError;
      readonly paymentMethod?: { readonly id: string };
    };

const MARK = 'shipline-card';

/** Other scripts use postMessage too: ours carry a mark. */
export const sealed = <M extends ToFrame | ToPage>(message: M) => ({ mark: MARK, message });

/** What is looked at of a browser's `MessageEvent`. */
export interface Incoming {
  readonly data: unknown;
  readonly origin: string;
  readonly source: unknown;
}

/** The message of an event that came from exactly this window at exactly this origin; anything else is ignored. */
export function opened<M extends ToFrame | ToPage>(
  { data, origin, source }: Incoming,
  expected: { readonly origin: string; readonly source: unknown },
): M | undefined {
  if (expected.source === null || source !== expected.source || origin !== expected.origin) return undefined;
  if (typeof data !== 'object' || data === null || !('mark' in data) || data.mark !== MARK) return undefined;
  return 'message' in data ? (data.message as M) : undefined;
}
