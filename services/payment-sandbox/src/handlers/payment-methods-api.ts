import { Router } from '@aws-lambda-powertools/event-handler/http';
import { createPaymentMethod, type Making } from '../application/payment-methods.js';
import { missing } from '../domain/gateway-error.js';
import { requireAnyKey } from './authenticate.js';
import { changing, type Gate, reading } from './endpoint.js';
import * as parameters from './parameters.js';
import { methodView } from './views.js';

export function paymentMethodsApi(gate: Gate, making: Making): Router {
  const api = new Router();
  const create = createPaymentMethod(making);
  api.post(
    '/payment_methods',
    changing(gate, {
      schema: parameters.CreatePaymentMethod,
      authenticate: requireAnyKey,
      decide: ({ card: { number, cvc, exp_month, exp_year } }) =>
        create({ number: number.replace(/[ -]/g, ''), cvc, expMonth: exp_month, expYear: exp_year }),
      // A card number is short enough to be guessed from its hash.
      identity: ({ card }) => [card.number.slice(-4), card.exp_month, card.exp_year],
      view: methodView,
    }),
  );
  api.get(
    '/payment_methods/:id',
    reading(gate, {
      schema: parameters.Nothing,
      find: async (_, id) => {
        const method = await making.store.findMethod(id);
        if (!method) throw missing('PaymentMethod', id, 'payment_method');
        return method;
      },
      view: methodView,
    }),
  );
  return api;
}
