import type { FaultKind, FaultSubject } from '../domain/fault.js';
import type { GatewayError } from '../domain/gateway-error.js';
import type { Happening } from '../domain/gateway-event.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import type { Write } from '../ports/gateway-store.js';

/**
 * What a request comes to, before anything is written: its changes, its events and its reply become one
 * transaction (execute.ts). A refusal can come with changes: a declined attempt is remembered.
 */
export interface Decision<T> {
  readonly result: T;
  readonly writes: readonly Write[];
  readonly happened: readonly Happening[];
  readonly refusal?: GatewayError | undefined;
  readonly subject?: FaultSubject | undefined;
}

/** Reads and decides; called again where somebody else changed what was read. */
export type Decide<T> = (fault: FaultKind | undefined) => Promise<Decision<T>>;

export const subjectOf = ({ id, metadata, method, charge }: PaymentIntent): FaultSubject => ({
  id,
  metadata,
  method: method ?? charge?.method,
});
