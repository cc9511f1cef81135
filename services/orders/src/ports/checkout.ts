import type {
  CheckoutInput,
  OrderId,
  OrderLine,
  PaymentLookUp,
  QuoteReply,
  ReserveReply,
  ReserveRequest,
} from '@shipline/contracts';

/** Catalog's prices of this moment; one line per SKU. */
export interface Quotes {
  quote(lines: readonly OrderLine[]): Promise<QuoteReply>;
}

/** Inventory's stock. The same request again finds the same reservation. */
export interface Reservations {
  reserve(request: ReserveRequest): Promise<ReserveReply>;
}

/** Payments' ledger: looking changes nothing. */
export interface Payments {
  lookUp(orderId: OrderId, correlationId: string): Promise<PaymentLookUp>;
}

/** Executions of the checkout's state machine. */
export interface Checkouts {
  /** Starting a name again does nothing. */
  start(name: string, input: CheckoutInput): Promise<void>;
  stateOf(name: string): Promise<'absent' | 'running' | 'ended'>;
}

/** What a request is called, so that the same request is the same order. */
export interface OrderIdentity {
  /** `ord_` and the first 130 bits of sha256 over the owner and the key. */
  orderId(customerId: string, idempotencyKey: string): OrderId;
  /** sha256 (hex). */
  bodyHash(text: string): string;
}
