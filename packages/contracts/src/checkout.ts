import * as z from 'zod/mini';
import { OrderId, PaymentId, PaymentMethodId, ReservationId, Sku } from './ids.js';
import { PricedLine } from './lines.js';
import { Money } from './money.js';

/**
 * What the checkout's parties say to each other: the reservation that `POST /api/orders` asks for, and the
 * payloads of the state machine's tasks. A refusal is a value, not an error, so that a function's `Errors`
 * count faults only; an unknown outcome at the gateway is thrown, as `PaymentUnknown`.
 */

export const ReserveRequest = z.strictObject({
  orderId: OrderId,
  /** sha256 (hex) of the normalised request body: the same key with another body is another order. */
  bodyHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  lines: z.array(PricedLine).check(z.minLength(1)),
  total: Money,
});
export type ReserveRequest = z.infer<typeof ReserveRequest>;

export const ReservationState = z.enum(['held', 'committed', 'released', 'expired', 'returned']);
export type ReservationState = z.infer<typeof ReservationState>;

export const ReserveReply = z.union([
  z.object({
    reserved: z.object({
      reservationId: ReservationId,
      expiresAt: z.iso.datetime(),
      /** The frozen prices: those of the first request with this key. */
      lines: z.array(PricedLine),
      total: Money,
    }),
  }),
  z.object({
    refused: z.object({
      code: z.enum(['SOLD_OUT', 'STOCK_BUSY', 'RESERVATION_CLOSED', 'BODY_MISMATCH']),
      /** SKUs with too few units, for `SOLD_OUT`. */
      skus: z.optional(z.array(Sku)),
    }),
  }),
]);
export type ReserveReply = z.infer<typeof ReserveReply>;

/** The state machine's input. */
export const CheckoutInput = z.object({
  orderId: OrderId,
  customerId: z.string(),
  total: Money,
  paymentMethodId: PaymentMethodId,
  correlationId: z.string(),
});
export type CheckoutInput = z.infer<typeof CheckoutInput>;

/** Every task but Authorise gets only what it cannot look up. */
export const TaskInput = z.object({ orderId: OrderId, correlationId: z.string() });
export type TaskInput = z.infer<typeof TaskInput>;

/** Why an order was refused or parked: stable codes that the shop turns into sentences. */
export const ClosingReason = z.enum([
  'card_declined',
  'insufficient_funds',
  'card_expired',
  'incorrect_cvc',
  'authentication_required',
  'payment_failed',
  'payment_unknown',
  'payment_not_capturable',
  'payment_mismatch',
  'reservation_gone',
  'cancelled_by_customer',
  /** No better reason is known: a fault of ours, or a void that names none. */
  'checkout_failed',
  /** Only of orders in review: the money is still ours, or nobody knows how far it has got. */
  'refund_failed',
  'refund_overdue',
]);
export type ClosingReason = z.infer<typeof ClosingReason>;

export const AuthoriseInput = z.object({
  orderId: OrderId,
  total: Money,
  paymentMethodId: PaymentMethodId,
  correlationId: z.string(),
});
export type AuthoriseInput = z.infer<typeof AuthoriseInput>;
export const AuthoriseOutput = z.union([
  z.object({ authorised: z.object({ paymentId: PaymentId }) }),
  z.object({ refused: z.object({ reason: ClosingReason }) }),
]);
export type AuthoriseOutput = z.infer<typeof AuthoriseOutput>;

export const CommitStockOutput = z.union([
  z.object({ committed: z.object({ reservationId: ReservationId }) }),
  z.object({ gone: z.object({ state: z.union([ReservationState, z.literal('absent')]) }) }),
]);
export type CommitStockOutput = z.infer<typeof CommitStockOutput>;

export const CaptureOutput = z.union([
  z.object({ captured: z.object({ amount: Money }) }),
  z.object({ notCapturable: z.object({ reason: ClosingReason }) }),
]);
export type CaptureOutput = z.infer<typeof CaptureOutput>;

/** `reason`: why the checkout ends here; the ledger keeps it where it knows no better one. */
export const VoidPaymentInput = z.extend(TaskInput, { reason: z.optional(ClosingReason) });
export type VoidPaymentInput = z.infer<typeof VoidPaymentInput>;
/** `reason` is what the ledger knows of why nothing was paid (a decline), if anything. */
export const VoidPaymentOutput = z.union([
  z.object({ voided: z.object({ reason: z.optional(ClosingReason) }) }),
  z.object({ alreadyCaptured: z.object({ amount: Money }) }),
]);
export type VoidPaymentOutput = z.infer<typeof VoidPaymentOutput>;

export const ReleaseStockOutput = z.object({
  released: z.object({ state: z.union([ReservationState, z.literal('absent')]) }),
});
export type ReleaseStockOutput = z.infer<typeof ReleaseStockOutput>;

export const CloseOrderInput = z.object({
  orderId: OrderId,
  reason: ClosingReason,
  correlationId: z.string(),
});
export type CloseOrderInput = z.infer<typeof CloseOrderInput>;
export const CloseOrderOutput = z.object({ closed: z.object({ status: z.string() }) });
export type CloseOrderOutput = z.infer<typeof CloseOrderOutput>;
export const ParkOrderOutput = z.object({ parked: z.object({ status: z.string() }) });
export type ParkOrderOutput = z.infer<typeof ParkOrderOutput>;

/** Asked of payments' function `look-up` by the sweeper of orders: what the ledger knows, and nothing is changed. */
export const PaymentLookUp = z.object({
  /** `refunded`: the whole of what was captured went back. */
  state: z.enum(['none', 'opened', 'authorised', 'captured', 'refunded', 'voided', 'unknown']),
  /** What was captured, for `captured` and `refunded`. */
  amount: z.optional(Money),
  /** True where a refund is asked for and neither refunded nor failed: its event is still to come. */
  refundPending: z.optional(z.boolean()),
  /** Why nothing was paid, for `voided`, if the ledger knows. */
  reason: z.optional(ClosingReason),
});
export type PaymentLookUp = z.infer<typeof PaymentLookUp>;
