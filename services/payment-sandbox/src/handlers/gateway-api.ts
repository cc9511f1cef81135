import { Router } from '@aws-lambda-powertools/event-handler/http';
import { GatewayError } from '../domain/gateway-error.js';
import type { Faults } from '../ports/faults.js';
import { type BrowserDocuments, browserDocuments } from './browser-documents.js';
import { type Gate, responseOf } from './endpoint.js';
import { faultsApi } from './faults-api.js';
import { paymentIntentsApi } from './payment-intents-api.js';
import { paymentMethodsApi } from './payment-methods-api.js';
import { refundsApi } from './refunds-api.js';
import { refusal } from './replies.js';
import { type EndpointMaking, webhookEndpointsApi } from './webhook-endpoints-api.js';

export interface GatewayApi {
  readonly gate: Gate;
  readonly making: EndpointMaking;
  readonly faults: Faults;
  readonly documents: BrowserDocuments;
}

/** Every path below the stage `v1`. */
export function gatewayApi({ gate, making, faults, documents }: GatewayApi): Router {
  const api = new Router();
  api.includeRouter(browserDocuments(documents));
  api.includeRouter(paymentIntentsApi(gate, making));
  api.includeRouter(refundsApi(gate, making));
  api.includeRouter(paymentMethodsApi(gate, making));
  api.includeRouter(webhookEndpointsApi(gate, making));
  api.includeRouter(faultsApi(gate, { faults, ids: making.ids }));
  api.errorHandler(GatewayError, async (error) => responseOf(refusal(error)));
  return api;
}
