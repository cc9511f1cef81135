import { Router } from '@aws-lambda-powertools/event-handler/http';
import { refusals } from '@shipline/lambda-kit/refusals';
import { CartError } from '../domain/cart-error.js';
import { statusOf } from './cart-reply.js';
import { type CustomerCartUseCases, customerCartRoutes } from './customer-cart-routes.js';
import { type GuestCartUseCases, guestCartRoutes } from './guest-cart-routes.js';

/** Signed-in carts behind the authorizer, and guests' behind their token. */
export function cartApi(useCases: CustomerCartUseCases & GuestCartUseCases): Router {
  const api = new Router();
  refusals(api, CartError, statusOf);
  customerCartRoutes(api, useCases);
  guestCartRoutes(api, useCases);
  return api;
}
