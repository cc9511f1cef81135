import type { EventType } from '../domain/gateway-event.js';
import { wants } from '../domain/webhook-endpoint.js';
import type { GatewayStore } from '../ports/gateway-store.js';
import type { DeliveryQueue } from '../ports/webhooks.js';

export type QueueWebhooks = (event: { readonly id: string; readonly type: EventType }) => Promise<number>;

interface Dependencies {
  readonly store: Pick<GatewayStore, 'endpoints'>;
  readonly queue: DeliveryQueue;
}

/** Gives each endpoint that wants an event a delivery of its own: one that is down holds up no other. */
export const makeQueueWebhooks =
  ({ store, queue }: Dependencies): QueueWebhooks =>
  async ({ id, type }) => {
    const wanting = (await store.endpoints()).filter((endpoint) => wants(endpoint, type));
    await queue.add(wanting.map((endpoint) => ({ eventId: id, endpointId: endpoint.id })));
    return wanting.length;
  };
