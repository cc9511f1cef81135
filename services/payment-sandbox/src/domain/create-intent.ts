import { unexpectedState } from './gateway-error.js';
import { checkAmount } from './money.js';
import {
  type CaptureMethod,
  changed,
  type IntentStatus,
  type Metadata,
  type PaymentIntent,
} from './payment-intent.js';
import { type PaymentMethod, seconds } from './payment-method.js';

export interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod?: CaptureMethod | undefined;
  readonly metadata?: Metadata | undefined;
  readonly description?: string | undefined;
  readonly method?: PaymentMethod | undefined;
}

interface Making {
  readonly id: string;
  readonly clientSecret: string;
  readonly now: Date;
}

/** @throws {GatewayError} where the amount is one that no card takes. */
export function createIntent(input: NewIntent, { id, clientSecret, now }: Making): PaymentIntent {
  const { amount, currency, captureMethod = 'automatic_async', metadata = {}, description, method } = input;
  checkAmount(amount, currency);
  return {
    id,
    version: 1,
    created: seconds(now),
    clientSecret,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    amount,
    currency,
    captureMethod,
    amountReceived: 0,
    amountRefunded: 0,
    metadata: merged({}, metadata),
    description,
    method,
  };
}

export interface IntentUpdate {
  readonly amount?: number | undefined;
  readonly metadata?: Metadata | undefined;
  readonly description?: string | undefined;
  readonly method?: PaymentMethod | undefined;
}

const open: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** @throws {GatewayError} where something other than words changes after the card was charged. */
export function updateIntent(intent: PaymentIntent, update: IntentUpdate): PaymentIntent {
  const { amount = intent.amount, metadata, description = intent.description, method } = update;
  const matters = amount !== intent.amount || method !== undefined;
  if (matters && !open.includes(intent.status))
    throw unexpectedState(
      intent,
      `This PaymentIntent's amount or payment_method could not be updated because it has a status of ${intent.status}. You may only update them of a PaymentIntent with one of the following statuses: ${open.join(', ')}.`,
    );
  checkAmount(amount, intent.currency);
  return changed(intent, {
    amount,
    description,
    lastDecline: undefined,
    ...(metadata && { metadata: merged(intent.metadata, metadata) }),
    ...(method && { method, status: 'requires_confirmation' }),
  });
}

/** An empty value removes its key, as Stripe's metadata does. */
const merged = (known: Metadata, changes: Metadata): Metadata =>
  Object.fromEntries(Object.entries({ ...known, ...changes }).filter(([, value]) => value !== ''));
