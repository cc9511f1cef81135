import type { FaultRule } from '../domain/fault.js';
import type { GatewayEvent } from '../domain/gateway-event.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import type { Refund } from '../domain/refund.js';

/** By list and time; only intents and refunds are in it. */
export const LIST_INDEX = 'lists';

const DAY = 24 * 3600;
/** As long as Stripe shows an event. */
const EVENT_LIFE_SECONDS = 30 * DAY;

export const keys = {
  intent: (id: string) => ({ pk: `PI#${id}`, sk: 'INTENT' }),
  /** Beside its intent, so that an intent's refunds are read consistently. */
  refund: ({ intentId, created, id }: Pick<Refund, 'intentId' | 'created' | 'id'>) => ({
    pk: `PI#${intentId}`,
    sk: `${REFUND_PREFIX}${listedAt({ created, id })}`,
  }),
  /** Leads from a refund's id to its intent. */
  refundPointer: (id: string) => ({ pk: `RE#${id}`, sk: 'POINTER' }),
  method: (id: string) => ({ pk: `PM#${id}`, sk: 'METHOD' }),
  event: (id: string) => ({ pk: `EVENT#${id}`, sk: 'EVENT' }),
  endpoint: (id: string) => ({ pk: ENDPOINTS, sk: id }),
  idempotency: (key: string) => ({ pk: `KEY#${key}`, sk: 'KEY' }),
  rule: (id: string) => ({ pk: FAULTS, sk: id }),
  /** How often a rule has struck. */
  strikes: (id: string) => ({ pk: `STRIKES#${id}`, sk: 'STRIKES' }),
};
export const REFUND_PREFIX = 'RE#';
export const ENDPOINTS = 'ENDPOINTS';
export const FAULTS = 'FAULTS';

/** Sorts by time, then by id. */
export const listedAt = ({ created, id }: { readonly created: number; readonly id: string }): string =>
  `${String(created).padStart(12, '0')}#${id}`;

export const intentItem = (intent: PaymentIntent) => ({
  ...keys.intent(intent.id),
  kind: 'intent',
  version: intent.version,
  data: intent,
  list: 'intents',
  listedAt: listedAt(intent),
});

export const refundItem = (refund: Refund) => ({
  ...keys.refund(refund),
  kind: 'refund',
  version: refund.version,
  // The stream's filter looks for it.
  settlement: refund.settlement,
  data: refund,
  list: 'refunds',
  listedAt: listedAt(refund),
});

export const eventItem = (event: GatewayEvent) => ({
  ...keys.event(event.id),
  kind: 'event',
  data: event,
  expiresAt: event.created + EVENT_LIFE_SECONDS,
});

export const ruleItem = (rule: FaultRule, now: Date) => ({
  ...keys.rule(rule.id),
  kind: 'fault',
  data: rule,
  expiresAt: Math.floor(now.getTime() / 1000) + DAY,
});
