import * as z from 'zod/mini';

const suffix = '[0-9A-HJKMNP-TV-Z]{26}';
// eslint-disable-next-line security/detect-non-literal-regexp -- made of constants of ours
const prefixed = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_${suffix}$`)));

/** `ord_` and 26 characters of Crockford base32; derived from the customer and the Idempotency-Key. */
export const OrderId = prefixed('ord').brand<'OrderId'>();
export type OrderId = z.infer<typeof OrderId>;

/** `res_` and the order's suffix. */
export const ReservationId = prefixed('res').brand<'ReservationId'>();
export type ReservationId = z.infer<typeof ReservationId>;

/** `pay_` and the order's suffix. */
export const PaymentId = prefixed('pay').brand<'PaymentId'>();
export type PaymentId = z.infer<typeof PaymentId>;

/** `ref_` and a suffix derived from the order and the refund's idempotency key. */
export const RefundId = prefixed('ref').brand<'RefundId'>();
export type RefundId = z.infer<typeof RefundId>;

/** Stock keeping unit, for example `MUG-CANARY`. */
// eslint-disable-next-line security/detect-unsafe-regex -- linear: hyphens and letters never match the same
export const Sku = z.string().check(z.regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/), z.maxLength(40));
export type Sku = z.infer<typeof Sku>;

/** A gateway's token for a payment method (`pm_…`). Never a card number. */
export const PaymentMethodId = z.string().check(z.regex(/^pm_[A-Za-z0-9_]{3,80}$/));

/** A guest cart's bearer secret: 256 random bits, base64url. Whoever holds it holds the cart. */
export const GuestCartToken = z.string().check(z.regex(/^gct_[A-Za-z0-9_-]{43}$/));

/** What a caller sends as Idempotency-Key on a POST that creates an order or moves money. */
export const IdempotencyKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,128}$/));

/** The payment and the reservation of an order carry the order's suffix. */
export const paymentIdOf = (orderId: OrderId): PaymentId => `pay_${orderId.slice(4)}` as PaymentId;
export const reservationIdOf = (orderId: OrderId): ReservationId =>
  `res_${orderId.slice(4)}` as ReservationId;
export const orderIdOf = (id: PaymentId | ReservationId): OrderId => `ord_${id.slice(4)}` as OrderId;
