import type { Metadata } from './payment-intent.js';
import type { PaymentMethod } from './payment-method.js';

export const operations = [
  'create',
  'update',
  'confirm',
  'capture',
  'cancel',
  'refund',
  'retrieve',
  'list',
] as const;
export type Operation = (typeof operations)[number];

export const faultKinds = ['lost', 'slow', 'error', 'duplicate', 'fail'] as const;
/**
 * `lost`: done, but the reply comes too late for any client. `slow`: done, the reply comes late. `error`: not done,
 * a 500 that its idempotency key repeats. `duplicate`: the request arrives twice, the client gets the second reply.
 * `fail`, for refunds only: done, and it fails later.
 */
export type FaultKind = (typeof faultKinds)[number];

/** Where a fault strikes; all that is said must hold. */
export interface FaultMatch {
  /** As the merchant names it, `pm_card_visa`, or its id. */
  readonly paymentMethod?: string | undefined;
  readonly metadata?: Metadata | undefined;
}

export interface FaultRule {
  readonly id: string;
  readonly operation: Operation;
  readonly kind: FaultKind;
  /** How often it strikes. */
  readonly times: number;
  readonly delayMs: number;
  readonly match: FaultMatch;
}

/** What a request is about, where it is about a payment. */
export interface FaultSubject {
  /** Absent for what is about to be created. */
  readonly id?: string | undefined;
  readonly metadata: Metadata;
  readonly method?: PaymentMethod | undefined;
}

/** More than the 8 s that our payments wait, less than the 29 s of API Gateway. */
const DELAY_MS: Readonly<Record<FaultKind, number>> = {
  lost: 10_000,
  slow: 3_000,
  error: 0,
  duplicate: 0,
  fail: 0,
};
export const defaultDelay = (kind: FaultKind): number => DELAY_MS[kind];

/** The merchant's own switch in an intent's metadata: `capture:lost, refund:fail:2`. */
export const FAULT_KEY = 'sandbox_fault';

/** The rules in a payment's metadata. What is not well formed is no rule. */
export function rulesOfMetadata({ id, metadata }: FaultSubject): FaultRule[] {
  return (metadata[FAULT_KEY] ?? '').split(',').flatMap((text) => {
    const [operation, kind, times = '1'] = text.trim().split(':');
    if (!isOneOf(operations, operation) || !isOneOf(faultKinds, kind) || !/^[1-9]\d?$/.test(times)) return [];
    // Before there is an intent, the same metadata means the same payment.
    const subject = id ?? JSON.stringify(sorted(metadata));
    return [
      {
        id: `${subject}#${operation}:${kind}`,
        operation,
        kind,
        times: Number(times),
        delayMs: defaultDelay(kind),
        match: {},
      },
    ];
  });
}

const sorted = (metadata: Metadata) => Object.entries(metadata).sort(([one], [two]) => (one < two ? -1 : 1));

const isOneOf = <T extends string>(known: readonly T[], value: string | undefined): value is T =>
  (known as readonly (string | undefined)[]).includes(value);

/** Whether a rule is meant for this request. */
export function strikes({ operation, match }: FaultRule, at: Operation, subject: FaultSubject): boolean {
  if (operation !== at) return false;
  const { paymentMethod, metadata = {} } = match;
  const { method } = subject;
  if (paymentMethod !== undefined && paymentMethod !== method?.id && paymentMethod !== method?.ready)
    return false;
  return Object.entries(metadata).every(([key, value]) => subject.metadata[key] === value);
}
