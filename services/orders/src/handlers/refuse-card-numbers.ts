import type { Middleware } from '@aws-lambda-powertools/event-handler/types';
import { parsedJson } from '@shipline/lambda-kit/json';
import { containsCardNumber } from '../domain/card-number.js';
import { OrderError } from '../domain/order-error.js';

/** Runs before anything else reads the body, so that a card number gets into no message and no log. */
export const refuseCardNumbers: Middleware = async ({ reqCtx, next }) => {
  const text = await reqCtx.req.clone().text();
  // The text as well: a number of that length does not survive parsing.
  if (containsCardNumber(text) || containsCardNumber(parsedJson(text)))
    throw new OrderError('CARD_NUMBER_REFUSED', {
      detail: 'Card numbers go to the payment gateway only; send its payment method id.',
    });
  await next();
};
