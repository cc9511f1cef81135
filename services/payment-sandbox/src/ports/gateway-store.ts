import type { GatewayEvent } from '../domain/gateway-event.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import type { Refund } from '../domain/refund.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { Reply } from './reply.js';

/** `expects` is the version that is stored now, 0 where there must be none. */
export type Write =
  | { readonly kind: 'intent'; readonly value: PaymentIntent; readonly expects: number }
  | { readonly kind: 'refund'; readonly value: Refund; readonly expects: number }
  | { readonly kind: 'method'; readonly value: PaymentMethod }
  | { readonly kind: 'endpoint'; readonly value: WebhookEndpoint }
  | { readonly kind: 'endpoint-removal'; readonly id: string };

/** All of it is written, or nothing. */
export interface Change {
  readonly writes: readonly Write[];
  readonly events: readonly GatewayEvent[];
  /** Ends the execution that has claimed an idempotency key; its reply is repeated from now on. */
  readonly completes?: { readonly key: string; readonly lease: string; readonly reply: Reply } | undefined;
}

/** `conflict`: somebody else was first, read again. `lease_lost`: another execution has claimed the key. */
export type CommitOutcome = 'committed' | 'conflict' | 'lease_lost';

/** Newest first. Times are Unix seconds, both included. */
export interface ListQuery {
  readonly limit: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The page begins behind this one. */
  readonly after?: { readonly id: string; readonly created: number } | undefined;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** Finding is strongly consistent; a list of everything may lag behind by a moment. */
export interface GatewayStore {
  findIntent(id: string): Promise<PaymentIntent | undefined>;
  findRefund(id: string): Promise<Refund | undefined>;
  findMethod(id: string): Promise<PaymentMethod | undefined>;
  findEvent(id: string): Promise<GatewayEvent | undefined>;
  findEndpoint(id: string): Promise<WebhookEndpoint | undefined>;
  /** All of them, newest first; strongly consistent. */
  endpoints(): Promise<readonly WebhookEndpoint[]>;
  listIntents(query: ListQuery): Promise<ListPage<PaymentIntent>>;
  listRefunds(query: ListQuery): Promise<ListPage<Refund>>;
  /** Strongly consistent. */
  listRefundsOf(intentId: string, query: ListQuery): Promise<ListPage<Refund>>;
  commit(change: Change): Promise<CommitOutcome>;
}
