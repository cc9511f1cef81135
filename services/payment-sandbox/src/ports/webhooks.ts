/** One event for one endpoint. */
export interface Delivery {
  readonly eventId: string;
  readonly endpointId: string;
}

export interface DeliveryQueue {
  add(deliveries: readonly Delivery[]): Promise<void>;
}

/** The endpoint did not take it: no answer in time, another status than 2xx, or an address that is not allowed. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}

export interface WebhookSender {
  /** @throws {DeliveryFailed} */
  send(webhook: { readonly url: string; readonly secret: string; readonly body: string }): Promise<void>;
}

export interface WebhookAddresses {
  /** Why nothing may be sent there; undefined where it may. Names are looked up again at each delivery. */
  refusal(url: string): string | undefined;
}

/** A new signing secret, `whsec_…`. */
export type WebhookSecrets = () => string;
