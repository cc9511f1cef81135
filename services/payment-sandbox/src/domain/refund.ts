import type { Metadata } from './payment-intent.js';

export const refundReasons = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;
export type RefundReason = (typeof refundReasons)[number];

export const refundStatuses = ['pending', 'succeeded', 'failed'] as const;

/** How a refund ends some time after it was made, where it is not settled at once. */
export const settlements = ['succeeds', 'fails'] as const;
export type Settlement = (typeof settlements)[number];

export interface Refund {
  readonly id: string;
  readonly version: number;
  /** Unix seconds. */
  readonly created: number;
  readonly intentId: string;
  readonly chargeId: string;
  /** Smallest units of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly status: (typeof refundStatuses)[number];
  readonly metadata: Metadata;
  readonly reason?: RefundReason | undefined;
  /** Open as long as it is there. */
  readonly settlement?: Settlement | undefined;
}
