import type { OrderId, RefundId } from '@shipline/contracts';

/** The refund that a request means: the same request again is the same refund. */
export type RefundIdOf = (orderId: OrderId, requestId: string) => RefundId;
