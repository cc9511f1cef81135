import type { ClosingReason, Money, OrderId, PaymentId, RefundId } from '@shipline/contracts';

/** `processing`: the gateway itself does not know yet. */
export type IntentStatus =
  | 'unconfirmed'
  | 'declined'
  | 'processing'
  | 'authorised'
  | 'captured'
  | 'cancelled';

/** The gateway's record of one attempt to collect money. */
export interface Intent {
  readonly id: string;
  readonly status: IntentStatus;
  /** What the status is about: asked for, authorised or captured. */
  readonly amount: Money;
  /** Absent where the intent is not one of the shop's. */
  readonly orderId?: OrderId;
  /** Why it was declined. */
  readonly reason?: ClosingReason;
}

export interface GatewayRefund {
  readonly id: string;
  readonly status: 'pending' | 'refunded' | 'failed';
  readonly amount: Money;
  /** Absent where it was not made by the shop, for example in the gateway's dashboard. */
  readonly orderId?: OrderId;
  readonly refundId?: RefundId;
}

export interface NewIntent {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly amount: Money;
  readonly paymentMethodId: string;
}

export interface NewRefund {
  readonly intentId: string;
  readonly orderId: OrderId;
  readonly refundId: RefundId;
  readonly amount: Money;
}

/**
 * No usable answer came: time-out, lost connection, 5xx, too many requests, another request with the same key.
 * `stored`: a 500 that the gateway will repeat for the same idempotency key, whatever happened behind it.
 */
export class GatewayUnknown extends Error {
  override readonly name = 'GatewayUnknown';
  constructor(
    readonly stored: boolean,
    options?: ErrorOptions,
  ) {
    super(stored ? 'The gateway answered 500' : 'The gateway gave no answer', options);
  }
}

/**
 * The card company. Every method makes one call, or two where noted, and none retries: what to do after an
 * unknown outcome is the caller's decision. Whatever else goes wrong (a rejected key) is a fault.
 *
 * @throws {GatewayUnknown} from every method
 */
export interface Gateway {
  /** Cards only, captured later, not confirmed. Refused where the payment method does not exist or is declined. */
  createIntent(intent: NewIntent, key: string): Promise<Intent | { refused: ClosingReason }>;
  /** The intent afterwards; a decline is its status. A second call where the intent's state forbids it. */
  confirmIntent(id: string, key: string): Promise<Intent>;
  /** Takes exactly `amount`. A second call where the intent's state forbids it: then as it is. */
  captureIntent(id: string, amount: Money): Promise<Intent>;
  /** A second call where the intent's state forbids it: then as it is. */
  cancelIntent(id: string): Promise<Intent>;
  /** Undefined where the gateway knows no such intent. */
  retrieveIntent(id: string): Promise<Intent | undefined>;
  /** `refused`: the gateway will not do it, now or later. */
  createRefund(refund: NewRefund, key: string): Promise<GatewayRefund | 'refused'>;
  /** Undefined where the gateway knows no such refund. */
  retrieveRefund(id: string): Promise<GatewayRefund | undefined>;
  /** Among all refunds of the intent, the one that carries our id. */
  findRefund(intentId: string, refundId: RefundId): Promise<GatewayRefund | undefined>;
}
