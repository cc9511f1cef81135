import * as z from 'zod/mini';
import { errorCodes } from '../domain/error-codes.js';
import { faultKinds, operations } from '../domain/fault.js';
import { eventTypes } from '../domain/gateway-event.js';
import { cancellationReasons, captureMethods, intentStatuses } from '../domain/payment-intent.js';
import { refundReasons, refundStatuses, settlements } from '../domain/refund.js';
import { behaviours, brands } from '../domain/test-cards.js';

/** What lies in the table: parsed again whenever it is read. */
const metadata = z.record(z.string(), z.string());

export const StoredMethod = z.object({
  id: z.string(),
  created: z.int(),
  brand: z.enum(brands),
  last4: z.string().check(z.regex(/^\d{4}$/)),
  expMonth: z.int(),
  expYear: z.int(),
  behaviour: z.enum(behaviours),
  ready: z.optional(z.string()),
});

const StoredDecline = z.object({
  code: z.enum(errorCodes),
  declineCode: z.string(),
  message: z.string(),
  param: z.optional(z.string()),
});

const StoredCharge = z.object({
  id: z.string(),
  created: z.int(),
  status: z.enum(['succeeded', 'failed']),
  captured: z.boolean(),
  method: StoredMethod,
  decline: z.optional(StoredDecline),
});

export const StoredIntent = z.object({
  id: z.string(),
  version: z.int(),
  created: z.int(),
  clientSecret: z.string(),
  status: z.enum(intentStatuses),
  amount: z.int(),
  currency: z.string(),
  captureMethod: z.enum(captureMethods),
  amountReceived: z.int(),
  amountRefunded: z.int(),
  metadata,
  description: z.optional(z.string()),
  method: z.optional(StoredMethod),
  charge: z.optional(StoredCharge),
  lastDecline: z.optional(StoredDecline),
  canceledAt: z.optional(z.int()),
  cancellationReason: z.optional(z.enum(cancellationReasons)),
});

export const StoredRefund = z.object({
  id: z.string(),
  version: z.int(),
  created: z.int(),
  intentId: z.string(),
  chargeId: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(refundStatuses),
  metadata,
  reason: z.optional(z.enum(refundReasons)),
  settlement: z.optional(z.enum(settlements)),
});

export const StoredEndpoint = z.object({
  id: z.string(),
  created: z.int(),
  url: z.string(),
  enabledEvents: z.array(z.string()),
  secret: z.string(),
  description: z.optional(z.string()),
  metadata,
});

export const StoredEvent = z.object({
  id: z.string(),
  created: z.int(),
  type: z.enum(eventTypes),
  snapshot: z.union([
    z.object({ kind: z.enum(['intent', 'charge']), intent: StoredIntent }),
    z.object({ kind: z.literal('refund'), refund: StoredRefund }),
  ]),
  requestId: z.optional(z.string()),
  idempotencyKey: z.optional(z.string()),
});

export const StoredRule = z.object({
  id: z.string(),
  operation: z.enum(operations),
  kind: z.enum(faultKinds),
  times: z.int(),
  delayMs: z.int(),
  match: z.object({ paymentMethod: z.optional(z.string()), metadata: z.optional(metadata) }),
});

export const StoredReply = z.object({ status: z.int(), body: z.string() });

export const StoredKey = z.object({
  fingerprint: z.string(),
  lease: z.string(),
  leaseUntil: z.int(),
  expiresAt: z.int(),
  reply: z.optional(StoredReply),
});

/** Every item: what it is, and the object as `data`. */
export const Item = z.object({ kind: z.string(), data: z.unknown() });
