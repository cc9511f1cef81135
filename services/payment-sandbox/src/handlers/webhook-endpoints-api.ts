import { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Making } from '../application/payment-methods.js';
import { makeCreateEndpoint, makeDeleteEndpoint } from '../application/webhook-endpoints.js';
import type { WebhookAddresses, WebhookSecrets } from '../ports/webhooks.js';
import { changing, type Gate, reading } from './endpoint.js';
import { listQuery } from './listing.js';
import * as parameters from './parameters.js';
import { deletedView, endpointView, listView, newEndpointView } from './views.js';

export interface EndpointMaking extends Making {
  readonly addresses: WebhookAddresses;
  readonly newSecret: WebhookSecrets;
}

export function webhookEndpointsApi(gate: Gate, making: EndpointMaking): Router {
  const api = new Router();
  const create = makeCreateEndpoint(making);
  api.post(
    '/webhook_endpoints',
    changing(gate, {
      schema: parameters.CreateEndpoint,
      decide: ({ url, enabled_events, description, metadata = {} }) =>
        create({ url, enabledEvents: enabled_events, description, metadata }),
      view: newEndpointView,
    }),
  );
  api.get(
    '/webhook_endpoints',
    reading(gate, {
      schema: parameters.ListEndpoints,
      find: async (input) => {
        const { limit } = await listQuery(input, async () => undefined);
        const all = await making.store.endpoints();
        return { items: all.slice(0, limit), hasMore: all.length > limit };
      },
      view: ({ items, hasMore }) => listView('/v1/webhook_endpoints', items.map(endpointView), hasMore),
    }),
  );
  api.delete(
    '/webhook_endpoints/:id',
    changing(gate, {
      schema: parameters.Nothing,
      decide: (_, id) => makeDeleteEndpoint(making)(id),
      view: deletedView('webhook_endpoint'),
    }),
  );
  return api;
}
