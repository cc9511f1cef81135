import * as z from 'zod/mini';
import { faultKinds, operations } from '../domain/fault.js';
import { cancellationReasons, captureMethods } from '../domain/payment-intent.js';
import { refundReasons } from '../domain/refund.js';

export const NOT_INTEGER = 'Invalid integer';
export const EMPTY = 'You passed an empty string';

const integer = z.pipe(
  z.string().check(z.regex(/^-?\d{1,12}$/, NOT_INTEGER)),
  z.transform((text) => Number(text)),
);
const flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text) => text === 'true'),
);
const text = (most: number) => z.string().check(z.minLength(1, EMPTY), z.maxLength(most));
const id = text(255);
const metadata = z
  .record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(500)))
  .check(z.refine((entries) => Object.keys(entries).length <= 50, 'At most 50 keys'));
const currency = z.pipe(
  text(3),
  z.transform((code) => code.toLowerCase()),
);
const expand = z.optional(z.array(z.enum(['latest_charge', 'payment_method'])));
/** Taken and without effect: cards are all that there is. The API of September 2026 knows no `payment_method_types`. */
const cardsOnly = {
  allowed_payment_method_types: z.optional(z.array(z.literal('card'))),
  automatic_payment_methods: z.optional(
    z.strictObject({ enabled: flag, allow_redirects: z.optional(z.enum(['always', 'never'])) }),
  ),
};
/** Words that change nothing here. */
const words = {
  receipt_email: z.optional(text(512)),
  return_url: z.optional(text(5000)),
  statement_descriptor: z.optional(text(22)),
  statement_descriptor_suffix: z.optional(text(22)),
};

export const CreateIntent = z.strictObject({
  amount: integer,
  currency,
  capture_method: z.optional(z.enum(captureMethods)),
  confirm: z.optional(flag),
  confirmation_method: z.optional(z.enum(['automatic', 'manual'])),
  error_on_requires_action: z.optional(flag),
  description: z.optional(text(1000)),
  metadata: z.optional(metadata),
  off_session: z.optional(flag),
  payment_method: z.optional(id),
  expand,
  ...cardsOnly,
  ...words,
});

export const UpdateIntent = z.strictObject({
  amount: z.optional(integer),
  description: z.optional(text(1000)),
  metadata: z.optional(metadata),
  payment_method: z.optional(id),
  expand,
  ...cardsOnly,
  ...words,
});

export const ConfirmIntent = z.strictObject({
  payment_method: z.optional(id),
  error_on_requires_action: z.optional(flag),
  off_session: z.optional(flag),
  expand,
  ...words,
});

export const CaptureIntent = z.strictObject({
  amount_to_capture: z.optional(integer),
  expand,
  ...words,
});

export const CancelIntent = z.strictObject({
  cancellation_reason: z.optional(z.enum(cancellationReasons)),
  expand,
});

export const Expand = z.strictObject({ expand });
export const Nothing = z.strictObject({});

export const CreateRefund = z.strictObject({
  payment_intent: id,
  amount: z.optional(integer),
  reason: z.optional(z.enum(refundReasons)),
  metadata: z.optional(metadata),
});

export const CreatePaymentMethod = z.strictObject({
  type: z.literal('card'),
  card: z.strictObject({ number: text(40), exp_month: integer, exp_year: integer, cvc: z.optional(text(8)) }),
});

const list = {
  created: z.optional(
    z.union([
      integer,
      z.strictObject({
        gt: z.optional(integer),
        gte: z.optional(integer),
        lt: z.optional(integer),
        lte: z.optional(integer),
      }),
    ]),
  ),
  limit: z.optional(integer),
  starting_after: z.optional(id),
};
export const ListIntents = z.strictObject(list);
export const ListRefunds = z.strictObject({ ...list, payment_intent: z.optional(id) });
export const ListEndpoints = z.strictObject({ limit: z.optional(integer) });

export const CreateEndpoint = z.strictObject({
  url: text(2048),
  enabled_events: z.array(text(100)).check(z.minLength(1)),
  description: z.optional(text(500)),
  metadata: z.optional(metadata),
  api_version: z.optional(text(50)),
});

export const CreateFault = z.strictObject({
  operation: z.enum(operations),
  kind: z.enum(faultKinds),
  times: z.optional(integer),
  delay_ms: z.optional(integer),
  match: z.optional(z.strictObject({ payment_method: z.optional(id), metadata: z.optional(metadata) })),
});
