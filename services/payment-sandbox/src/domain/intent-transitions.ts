import { type Decline, declineOf, unauthenticated } from './decline.js';
import { GatewayError, unexpectedState } from './gateway-error.js';
import { type EventType, type Happening, ofIntent } from './gateway-event.js';
import {
  type CancellationReason,
  type Charge,
  changed,
  type IntentStatus,
  type PaymentIntent,
} from './payment-intent.js';
import { type PaymentMethod, seconds } from './payment-method.js';

/** What a transition leads to. A refusal can change the intent too: a decline is remembered. */
export interface Step {
  readonly intent: PaymentIntent;
  readonly happened: readonly Happening[];
  readonly refusal?: GatewayError;
}

export interface Confirmation {
  readonly chargeId: string;
  readonly now: Date;
  readonly method?: PaymentMethod | undefined;
  /** A card that needs a challenge is declined. */
  readonly errorOnRequiresAction?: boolean | undefined;
}

const confirmable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** @throws {GatewayError} where it cannot be confirmed in its state, or has no payment method. */
export function confirmIntent(intent: PaymentIntent, confirmation: Confirmation): Step {
  if (!confirmable.includes(intent.status)) throw unexpectedState(intent, unconfirmable(intent));
  const method = confirmation.method ?? intent.method;
  if (!method)
    throw unexpectedState(
      intent,
      'You cannot confirm this PaymentIntent because it is missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.',
    );
  if (method.behaviour === 'needs_challenge')
    return confirmation.errorOnRequiresAction
      ? decline(intent, method, unauthenticated, confirmation)
      : step(changed(intent, { status: 'requires_action', method }), 'payment_intent.requires_action');
  const reason = declineOf(method.behaviour);
  return reason ? decline(intent, method, reason, confirmation) : authorise(intent, method, confirmation);
}

function unconfirmable({ status }: PaymentIntent): string {
  return status === 'succeeded'
    ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
    : `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${confirmable.join(', ')}.`;
}

function authorise(intent: PaymentIntent, method: PaymentMethod, confirmation: Confirmation): Step {
  const manual = intent.captureMethod === 'manual';
  const charge = attempt(method, confirmation, { status: 'succeeded', captured: !manual });
  const paid = manual
    ? { status: 'requires_capture' as const }
    : { status: 'succeeded' as const, amountReceived: intent.amount };
  return step(
    changed(intent, { ...paid, method, charge, lastDecline: undefined }),
    manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
  );
}

function decline(
  intent: PaymentIntent,
  method: PaymentMethod,
  reason: Decline,
  confirmation: Confirmation,
): Step {
  const charge = attempt(method, confirmation, { status: 'failed', captured: false, decline: reason });
  const failed = changed(intent, {
    status: 'requires_payment_method',
    method: undefined,
    charge,
    lastDecline: reason,
  });
  const refusal = new GatewayError(reason.code, { ...reason, intent: failed });
  return { ...step(failed, 'payment_intent.payment_failed'), refusal };
}

const attempt = (
  method: PaymentMethod,
  { chargeId, now }: Confirmation,
  outcome: Pick<Charge, 'status' | 'captured' | 'decline'>,
): Charge => ({ id: chargeId, created: seconds(now), method, ...outcome });

/** @throws {GatewayError} where nothing is authorised, or less than is asked for. */
export function captureIntent(intent: PaymentIntent, amountToCapture = intent.amount): Step {
  const { charge } = intent;
  if (intent.status !== 'requires_capture' || !charge)
    throw unexpectedState(
      intent,
      intent.status === 'succeeded'
        ? 'This PaymentIntent could not be captured because it has already been captured.'
        : `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  if (amountToCapture > intent.amount)
    throw new GatewayError('amount_too_large', {
      message: `The amount_to_capture ${amountToCapture} is greater than the amount that is authorised, ${intent.amount}.`,
      param: 'amount_to_capture',
    });
  if (amountToCapture < 1)
    throw new GatewayError('parameter_invalid_integer', {
      message: 'This value must be greater than or equal to 1.',
      param: 'amount_to_capture',
    });
  return step(
    changed(intent, {
      status: 'succeeded',
      amountReceived: amountToCapture,
      charge: { ...charge, captured: true },
    }),
    'payment_intent.succeeded',
  );
}

const cancellable: readonly IntentStatus[] = [...confirmable, 'requires_capture'];

/** @throws {GatewayError} where it is over. */
export function cancelIntent(
  intent: PaymentIntent,
  now: Date,
  cancellationReason?: CancellationReason,
): Step {
  if (!cancellable.includes(intent.status))
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancellable.join(', ')}.`,
    );
  return step(
    changed(intent, { status: 'canceled', canceledAt: seconds(now), cancellationReason }),
    'payment_intent.canceled',
  );
}

const step = (intent: PaymentIntent, type: EventType): Step => ({
  intent,
  happened: [ofIntent(type, intent)],
});
