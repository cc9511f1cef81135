import type { GatewayEvent } from '../domain/gateway-event.js';
import type { GatewayStore } from '../ports/gateway-store.js';
import type { Delivery, WebhookSender } from '../ports/webhooks.js';

/** @throws {DeliveryFailed} where the endpoint did not take it; it is worth another try. */
export type DeliverWebhook = (delivery: Delivery) => Promise<'delivered' | 'dropped'>;

interface Dependencies {
  readonly store: Pick<GatewayStore, 'findEvent' | 'findEndpoint'>;
  readonly sender: WebhookSender;
  /** The event as it goes over the wire. */
  readonly render: (event: GatewayEvent) => string;
}

/** Sends one event to one endpoint. It is dropped where the endpoint has been deleted since. */
export const makeDeliverWebhook =
  ({ store, sender, render }: Dependencies): DeliverWebhook =>
  async ({ eventId, endpointId }) => {
    const [event, endpoint] = await Promise.all([store.findEvent(eventId), store.findEndpoint(endpointId)]);
    if (!event || !endpoint) return 'dropped';
    await sender.send({ url: endpoint.url, secret: endpoint.secret, body: render(event) });
    return 'delivered';
  };
