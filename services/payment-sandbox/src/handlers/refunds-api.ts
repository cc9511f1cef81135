import { Router } from '@aws-lambda-powertools/event-handler/http';
import { makeCreateRefund } from '../application/create-refund.js';
import type { Making } from '../application/payment-methods.js';
import { missing } from '../domain/gateway-error.js';
import { changing, type Gate, reading } from './endpoint.js';
import { listQuery } from './listing.js';
import * as parameters from './parameters.js';
import { listView, refundView } from './views.js';

export function refundsApi(gate: Gate, making: Making): Router {
  const api = new Router();
  const { store } = making;
  const create = makeCreateRefund(making);
  api.post(
    '/refunds',
    changing(gate, {
      operation: 'refund',
      schema: parameters.CreateRefund,
      decide: ({ payment_intent, ...input }) => create({ ...input, intentId: payment_intent }),
      view: refundView,
    }),
  );
  api.get(
    '/refunds',
    reading(gate, {
      operation: 'list',
      schema: parameters.ListRefunds,
      find: async ({ payment_intent, ...input }) => {
        const query = await listQuery(input, (id) => store.findRefund(id));
        return payment_intent === undefined
          ? store.listRefunds(query)
          : store.listRefundsOf(payment_intent, query);
      },
      view: ({ items, hasMore }) => listView('/v1/refunds', items.map(refundView), hasMore),
    }),
  );
  api.get(
    '/refunds/:id',
    reading(gate, {
      operation: 'retrieve',
      schema: parameters.Nothing,
      find: async (_, id) => {
        const refund = await store.findRefund(id);
        if (!refund) throw missing('refund', id, 'id');
        return refund;
      },
      subject: ({ id, metadata }) => ({ id, metadata }),
      view: refundView,
    }),
  );
  return api;
}
