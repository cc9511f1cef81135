import { GatewayError } from './gateway-error.js';
import type { Happening } from './gateway-event.js';
import { changed, type Metadata, type PaymentIntent } from './payment-intent.js';
import { seconds } from './payment-method.js';
import type { Refund, RefundReason, Settlement } from './refund.js';

export interface NewRefund {
  /** Everything that is left where not said. */
  readonly amount?: number | undefined;
  readonly reason?: RefundReason | undefined;
  readonly metadata?: Metadata | undefined;
  /** Instead of what the card's behaviour says. */
  readonly settlement?: Settlement | undefined;
}

export interface RefundStep {
  readonly intent: PaymentIntent;
  readonly refund: Refund;
  readonly happened: readonly Happening[];
}

/** @throws {GatewayError} where less than that is left of what was captured. */
export function openRefund(
  intent: PaymentIntent,
  input: NewRefund,
  made: { id: string; now: Date },
): RefundStep {
  const { charge } = intent;
  if (intent.status !== 'succeeded' || !charge)
    throw new GatewayError('payment_intent_unexpected_state', {
      message: `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      param: 'payment_intent',
      intent,
    });
  const left = intent.amountReceived - intent.amountRefunded;
  const amount = input.amount ?? left;
  if (left === 0)
    throw new GatewayError('charge_already_refunded', {
      message: `Charge ${charge.id} has already been refunded.`,
    });
  checkRefunded(amount, left);
  const settlement = input.settlement ?? settlementOf(charge.method.behaviour);
  const refund: Refund = {
    id: made.id,
    version: 1,
    created: seconds(made.now),
    intentId: intent.id,
    chargeId: charge.id,
    amount,
    currency: intent.currency,
    // Stripe's refund that fails has succeeded first.
    status: settlement === 'succeeds' ? 'pending' : 'succeeded',
    metadata: input.metadata ?? {},
    reason: input.reason,
    settlement,
  };
  const refunded = changed(intent, { amountRefunded: intent.amountRefunded + amount });
  return {
    intent: refunded,
    refund,
    happened: [
      { type: 'refund.created', snapshot: { kind: 'refund', refund } },
      { type: 'charge.refunded', snapshot: { kind: 'charge', intent: refunded } },
    ],
  };
}

function checkRefunded(amount: number, left: number): void {
  if (amount < 1)
    throw new GatewayError('parameter_invalid_integer', {
      message: 'This value must be greater than or equal to 1.',
      param: 'amount',
    });
  if (amount > left)
    throw new GatewayError('refund_too_large', {
      message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      param: 'amount',
    });
}

function settlementOf(behaviour: string): Settlement | undefined {
  if (behaviour === 'refund_fails') return 'fails';
  return behaviour === 'refund_pends' ? 'succeeds' : undefined;
}

/** Ends an open refund; undefined where it has ended. One that fails gives its amount back to what is left. */
export function settleRefund(intent: PaymentIntent, refund: Refund): RefundStep | undefined {
  const { settlement } = refund;
  if (settlement === undefined) return undefined;
  const failed = settlement === 'fails';
  const settled: Refund = {
    ...refund,
    version: refund.version + 1,
    status: failed ? 'failed' : 'succeeded',
    settlement: undefined,
  };
  const snapshot = { kind: 'refund', refund: settled } as const;
  return {
    intent: failed ? changed(intent, { amountRefunded: intent.amountRefunded - refund.amount }) : intent,
    refund: settled,
    happened: [
      { type: 'refund.updated', snapshot },
      ...(failed ? [{ type: 'refund.failed' as const, snapshot }] : []),
    ],
  };
}
