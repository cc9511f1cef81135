import { createIntent } from '../src/domain/create-intent.js';
import type { GatewayEvent } from '../src/domain/gateway-event.js';
import { confirmIntent } from '../src/domain/intent-transitions.js';
import type { PaymentIntent } from '../src/domain/payment-intent.js';
import type { PaymentMethod } from '../src/domain/payment-method.js';
import type { Refund } from '../src/domain/refund.js';
import { openRefund } from '../src/domain/refund-transitions.js';
import { fromReady } from '../src/domain/tokenise.js';
import type { WebhookEndpoint } from '../src/domain/webhook-endpoint.js';

const at = (second: number) => new Date((1_767_225_600 + second) * 1000);

export function aMethod(ready = 'pm_card_visa', id = 'pm_1'): PaymentMethod {
  const method = fromReady(ready, { id, now: at(0) });
  if (!method) throw new Error(`${ready} is no ready payment method`);
  return method;
}

/** Created so many seconds after 2026-01-01T00:00:00Z. */
export const anIntent = (id = 'pi_1', second = 0): PaymentIntent =>
  createIntent(
    { amount: 4200, currency: 'usd', metadata: { orderId: 'ord_1' }, method: aMethod() },
    { id, clientSecret: `${id}_secret_1`, now: at(second) },
  );

export const aPaidIntent = (id = 'pi_1'): PaymentIntent =>
  confirmIntent(anIntent(id), { chargeId: `ch_${id}`, now: at(0) }).intent;

export const aDeclinedIntent = (id = 'pi_1'): PaymentIntent =>
  confirmIntent(anIntent(id), {
    chargeId: `ch_${id}`,
    now: at(0),
    method: aMethod('pm_card_visa_chargeDeclinedIncorrectCvc'),
  }).intent;

export const aRefund = (id = 're_1', second = 0, intentId = 'pi_1'): Refund =>
  openRefund(
    aPaidIntent(intentId),
    { amount: 100, reason: 'duplicate', settlement: 'fails' },
    { id, now: at(second) },
  ).refund;

export const anEvent = (id = 'evt_1', intent = aPaidIntent()): GatewayEvent => ({
  id,
  type: 'payment_intent.succeeded',
  created: intent.created,
  snapshot: { kind: 'intent', intent },
  requestId: 'req_1',
});

export const anEndpoint = (id = 'we_1', change: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  id,
  created: 1_767_225_600,
  url: 'http://localhost:4567/hook',
  enabledEvents: ['*'],
  secret: 'whsec_1',
  metadata: {},
  ...change,
});
