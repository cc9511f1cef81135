import type { Decline } from '../domain/decline.js';
import type { FaultRule } from '../domain/fault.js';
import { type Charge, capturable, type PaymentIntent } from '../domain/payment-intent.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import type { Refund } from '../domain/refund.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';

/** Stripe's objects (https://docs.stripe.com/api), with the fields that mean something here. */
export type Expansion = 'latest_charge' | 'payment_method';

export function intentView(intent: PaymentIntent, expand: readonly Expansion[] = []) {
  const { id, status, amount, currency, charge, method, lastDecline } = intent;
  const chargeShown = expand.includes('latest_charge') && charge ? chargeView(intent, charge) : charge?.id;
  const methodShown = expand.includes('payment_method') && method ? methodView(method) : method?.id;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: capturable(intent),
    amount_details: { tip: {} },
    amount_received: intent.amountReceived,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt ?? null,
    cancellation_reason: intent.cancellationReason ?? null,
    capture_method: intent.captureMethod,
    client_secret: intent.clientSecret,
    confirmation_method: 'automatic',
    created: intent.created,
    currency,
    customer: null,
    customer_account: null,
    description: intent.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: lastDecline ? declineView(lastDecline, charge) : null,
    latest_charge: chargeShown ?? null,
    livemode: false,
    managed_payments: null,
    metadata: intent.metadata,
    next_action: status === 'requires_action' ? { type: 'use_stripe_sdk', use_stripe_sdk: {} } : null,
    on_behalf_of: null,
    payment_method: methodShown ?? null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_group: null,
  };
}

/** The fields of an error about a card, alike in a reply and in `last_payment_error`. */
export const declineView = ({ code, declineCode, message, param }: Decline, charge: Charge | undefined) => ({
  type: 'card_error',
  code,
  decline_code: declineCode,
  message,
  ...(param !== undefined && { param }),
  ...(charge && { charge: charge.id, payment_method: methodView(charge.method) }),
});

export function chargeView(intent: PaymentIntent, charge: Charge) {
  const { captured, status, created, decline, method } = charge;
  const { brand, last4, expMonth: exp_month, expYear: exp_year } = method;
  const amount = intent.amount;
  return {
    id: charge.id,
    object: 'charge',
    amount,
    amount_captured: captured ? intent.amountReceived : 0,
    amount_refunded: intent.amountRefunded,
    captured,
    created,
    currency: intent.currency,
    description: intent.description ?? null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    livemode: false,
    metadata: intent.metadata,
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: { brand, last4, exp_month, exp_year } },
    refunded: captured && intent.amountRefunded === intent.amountReceived,
    status,
  };
}

export const methodView = ({ id, created, brand, last4, expMonth, expYear }: PaymentMethod) => ({
  id,
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: { address: null, email: null, name: null, phone: null },
  card: {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
    country: 'US',
    display_brand: brand,
    exp_month: expMonth,
    exp_year: expYear,
    funding: 'credit',
    last4,
    wallet: null,
  },
  created,
  customer: null,
  livemode: false,
  metadata: {},
  type: 'card',
});

export const refundView = (refund: Refund) => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  balance_transaction: null,
  charge: refund.chargeId,
  created: refund.created,
  currency: refund.currency,
  ...(refund.status === 'failed' && { failure_reason: 'unknown' }),
  metadata: refund.metadata,
  payment_intent: refund.intentId,
  reason: refund.reason ?? null,
  receipt_number: null,
  status: refund.status,
});

export const endpointView = (endpoint: WebhookEndpoint) => ({
  id: endpoint.id,
  object: 'webhook_endpoint',
  api_version: null,
  application: null,
  created: endpoint.created,
  description: endpoint.description ?? null,
  enabled_events: endpoint.enabledEvents,
  livemode: false,
  metadata: endpoint.metadata,
  status: 'enabled',
  url: endpoint.url,
});

/** The only reply that has the signing secret. */
export const newEndpointView = (endpoint: WebhookEndpoint) => ({
  ...endpointView(endpoint),
  secret: endpoint.secret,
});

export const faultView = ({ id, operation, kind, times, delayMs, match }: FaultRule) => ({
  id,
  object: 'test_helpers.fault',
  operation,
  kind,
  times,
  delay_ms: delayMs,
  match: { payment_method: match.paymentMethod ?? null, metadata: match.metadata ?? {} },
});

export const deletedView = (object: string) => (id: string) => ({ id, object, deleted: true });

export const listView = (url: string, data: readonly unknown[], hasMore: boolean) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});
