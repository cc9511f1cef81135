import { GatewayError, missing } from '../domain/gateway-error.js';
import { seconds } from '../domain/payment-method.js';
import { MAX_ENDPOINTS, type WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { WebhookAddresses, WebhookSecrets } from '../ports/webhooks.js';
import type { Decide } from './decision.js';
import type { Making } from './payment-methods.js';

export type CreateEndpointInput = Pick<WebhookEndpoint, 'url' | 'enabledEvents' | 'description' | 'metadata'>;

interface Dependencies extends Making {
  readonly addresses: WebhookAddresses;
  readonly newSecret: WebhookSecrets;
}

export const makeCreateEndpoint =
  ({ store, clock, ids, addresses, newSecret }: Dependencies) =>
  (input: CreateEndpointInput): Decide<WebhookEndpoint> =>
  async () => {
    const refusal = addresses.refusal(input.url);
    if (refusal !== undefined) throw new GatewayError('url_invalid', { message: refusal, param: 'url' });
    if ((await store.endpoints()).length >= MAX_ENDPOINTS)
      throw new GatewayError('too_many_endpoints', {
        message: `You have reached the maximum of ${MAX_ENDPOINTS} webhook endpoints. Delete one that you do not need.`,
      });
    const endpoint = { ...input, id: ids('we'), created: seconds(clock()), secret: newSecret() };
    return { result: endpoint, writes: [{ kind: 'endpoint', value: endpoint }], happened: [] };
  };

export const makeDeleteEndpoint =
  ({ store }: Making) =>
  (id: string): Decide<string> =>
  async () => {
    if (!(await store.findEndpoint(id))) throw missing('webhook endpoint', id, 'id');
    return { result: id, writes: [{ kind: 'endpoint-removal', id }], happened: [] };
  };
