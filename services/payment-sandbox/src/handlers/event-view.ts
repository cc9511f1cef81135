import type { GatewayEvent, Snapshot } from '../domain/gateway-event.js';
import { chargeView, intentView, refundView } from './views.js';

/** The version of Stripe's API whose objects these are. */
export const API_VERSION = '2026-10-28.endive';

/** Stripe's Event (https://docs.stripe.com/api/events/object): what a webhook carries. */
export const eventView = (event: GatewayEvent) => ({
  id: event.id,
  object: 'event',
  api_version: API_VERSION,
  created: event.created,
  data: { object: objectOf(event.snapshot) },
  livemode: false,
  pending_webhooks: 1,
  request: { id: event.requestId ?? null, idempotency_key: event.idempotencyKey ?? null },
  type: event.type,
});

function objectOf(snapshot: Snapshot) {
  if (snapshot.kind === 'refund') return refundView(snapshot.refund);
  const { intent } = snapshot;
  return snapshot.kind === 'charge' && intent.charge ? chargeView(intent, intent.charge) : intentView(intent);
}
