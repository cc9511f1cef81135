import { Router } from '@aws-lambda-powertools/event-handler/http';
import {
  existingIntent,
  makeCancelIntent,
  makeCaptureIntent,
  makeConfirmIntent,
  makeUpdateIntent,
} from '../application/change-intent.js';
import { makeCreateIntent } from '../application/create-intent.js';
import { subjectOf } from '../application/decision.js';
import type { Making } from '../application/payment-methods.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import { changing, type Gate, reading } from './endpoint.js';
import { listQuery } from './listing.js';
import * as parameters from './parameters.js';
import { type Expansion, intentView, listView } from './views.js';

const view = (intent: PaymentIntent, { expand }: { expand?: Expansion[] | undefined }) =>
  intentView(intent, expand);

export function paymentIntentsApi(gate: Gate, making: Making): Router {
  const api = new Router();
  readingRoutes(api, gate, making);
  const [create, update, confirm] = [
    makeCreateIntent(making),
    makeUpdateIntent(making),
    makeConfirmIntent(making),
  ];
  const [capture, cancel] = [makeCaptureIntent(making), makeCancelIntent(making)];
  api.post(
    '/payment_intents',
    changing(gate, {
      operation: 'create',
      schema: parameters.CreateIntent,
      decide: (input) =>
        create({
          ...input,
          captureMethod: input.capture_method,
          paymentMethod: input.payment_method,
          errorOnRequiresAction: input.error_on_requires_action,
        }),
      view,
    }),
  );
  api.post(
    '/payment_intents/:id',
    changing(gate, {
      operation: 'update',
      schema: parameters.UpdateIntent,
      decide: ({ payment_method, ...input }, id) => update(id, { ...input, paymentMethod: payment_method }),
      view,
    }),
  );
  api.post(
    '/payment_intents/:id/confirm',
    changing(gate, {
      operation: 'confirm',
      schema: parameters.ConfirmIntent,
      decide: (input, id) =>
        confirm(id, {
          paymentMethod: input.payment_method,
          errorOnRequiresAction: input.error_on_requires_action,
        }),
      view,
    }),
  );
  api.post(
    '/payment_intents/:id/capture',
    changing(gate, {
      operation: 'capture',
      schema: parameters.CaptureIntent,
      decide: ({ amount_to_capture }, id) => capture(id, amount_to_capture),
      view,
    }),
  );
  api.post(
    '/payment_intents/:id/cancel',
    changing(gate, {
      operation: 'cancel',
      schema: parameters.CancelIntent,
      decide: ({ cancellation_reason }, id) => cancel(id, cancellation_reason),
      view,
    }),
  );
  return api;
}

function readingRoutes(api: Router, gate: Gate, making: Making): void {
  const { store } = making;
  api.get(
    '/payment_intents',
    reading(gate, {
      operation: 'list',
      schema: parameters.ListIntents,
      find: async (input) => store.listIntents(await listQuery(input, (id) => store.findIntent(id))),
      view: ({ items, hasMore }) =>
        listView(
          '/v1/payment_intents',
          items.map((intent) => intentView(intent)),
          hasMore,
        ),
    }),
  );
  api.get(
    '/payment_intents/:id',
    reading(gate, {
      operation: 'retrieve',
      schema: parameters.Expand,
      find: (_, id) => existingIntent(making, id),
      subject: subjectOf,
      view,
    }),
  );
}
