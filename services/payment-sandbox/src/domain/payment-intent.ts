import type { Decline } from './decline.js';
import type { PaymentMethod } from './payment-method.js';

export const intentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
  'succeeded',
  'canceled',
] as const;
export type IntentStatus = (typeof intentStatuses)[number];

export const captureMethods = ['automatic', 'automatic_async', 'manual'] as const;
export type CaptureMethod = (typeof captureMethods)[number];

export const cancellationReasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;
export type CancellationReason = (typeof cancellationReasons)[number];

export type Metadata = Readonly<Record<string, string>>;

/** One attempt to charge a card. */
export interface Charge {
  readonly id: string;
  readonly created: number;
  readonly status: 'succeeded' | 'failed';
  /** False while it is only authorised. */
  readonly captured: boolean;
  readonly method: PaymentMethod;
  readonly decline?: Decline | undefined;
}

/** Amounts are in the currency's smallest unit, times in Unix seconds. */
export interface PaymentIntent {
  readonly id: string;
  /** Grows by one with every change; the store refuses a stale one. */
  readonly version: number;
  readonly created: number;
  readonly clientSecret: string;
  readonly status: IntentStatus;
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod: CaptureMethod;
  readonly amountReceived: number;
  readonly amountRefunded: number;
  readonly metadata: Metadata;
  readonly description?: string | undefined;
  readonly method?: PaymentMethod | undefined;
  /** The latest attempt. */
  readonly charge?: Charge | undefined;
  readonly lastDecline?: Decline | undefined;
  readonly canceledAt?: number | undefined;
  readonly cancellationReason?: CancellationReason | undefined;
}

export const changed = (intent: PaymentIntent, change: Partial<PaymentIntent>): PaymentIntent => ({
  ...intent,
  ...change,
  version: intent.version + 1,
});

export const capturable = ({ status, amount }: PaymentIntent): number =>
  status === 'requires_capture' ? amount : 0;
