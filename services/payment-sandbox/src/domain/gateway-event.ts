import type { PaymentIntent } from './payment-intent.js';
import type { Refund } from './refund.js';

/** Events that webhook endpoints can ask for, with Stripe's names. */
export const eventTypes = [
  'payment_intent.created',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What an event is about, as it was when it happened. */
export type Snapshot =
  | { readonly kind: 'intent' | 'charge'; readonly intent: PaymentIntent }
  | { readonly kind: 'refund'; readonly refund: Refund };

/** Something that happened, before it has an id. */
export interface Happening {
  readonly type: EventType;
  readonly snapshot: Snapshot;
}

export interface GatewayEvent extends Happening {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly requestId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export const ofIntent = (type: EventType, intent: PaymentIntent): Happening => ({
  type,
  snapshot: { kind: 'intent', intent },
});
