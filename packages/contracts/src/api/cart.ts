import * as z from 'zod/mini';
import { GuestCartToken, Sku } from '../ids.js';
import { PricedLine, Quantity } from '../lines.js';
import { Money } from '../money.js';
import { endpoint } from './endpoint.js';

/** A cart with the server's prices of this moment. */
export const Cart = z.object({
  /** Grows by one with every change; an order names the version that it bought. */
  version: z.int(),
  lines: z.array(PricedLine),
  total: Money,
  /** SKUs in the cart that are no longer sold; they are not part of `lines` or `total`. */
  unavailable: z.array(Sku),
});
export type Cart = z.infer<typeof Cart>;

const cartProblems = { UNKNOWN_SKU: 422, CART_FULL: 409, CART_CHANGED: 409 } as const;
const quantityBody = z.strictObject({ quantity: Quantity });
const guestParams = z.object({ token: GuestCartToken });
const guestItemParams = z.object({ token: GuestCartToken, sku: Sku });

export const getCart = endpoint({
  method: 'GET',
  path: '/api/cart',
  service: 'cart',
  summary: "Shows the signed-in customer's cart",
  auth: 'customer',
  status: 200,
  reply: Cart,
  problems: {},
});

export const putCartItem = endpoint({
  method: 'PUT',
  path: '/api/cart/items/{sku}',
  service: 'cart',
  summary: 'Sets how many of a product are in the cart',
  auth: 'customer',
  params: z.object({ sku: Sku }),
  body: quantityBody,
  status: 200,
  reply: Cart,
  problems: cartProblems,
});

export const deleteCartItem = endpoint({
  method: 'DELETE',
  path: '/api/cart/items/{sku}',
  service: 'cart',
  summary: 'Takes a product out of the cart',
  auth: 'customer',
  params: z.object({ sku: Sku }),
  status: 200,
  reply: Cart,
  problems: { CART_CHANGED: 409 },
});

export const mergeCart = endpoint({
  method: 'POST',
  path: '/api/cart/merge',
  service: 'cart',
  summary: "Moves a guest's cart into the signed-in customer's; repeating it changes nothing",
  auth: 'customer',
  body: z.strictObject({ guestToken: GuestCartToken }),
  status: 200,
  reply: Cart,
  problems: { CART_CHANGED: 409 },
});

export const createGuestCart = endpoint({
  method: 'POST',
  path: '/api/guest-carts',
  service: 'cart',
  summary: 'Opens a cart for somebody who is not signed in',
  auth: 'none',
  status: 201,
  reply: z.object({ token: GuestCartToken, cart: Cart }),
  problems: {},
});

export const getGuestCart = endpoint({
  method: 'GET',
  path: '/api/guest-carts/{token}',
  service: 'cart',
  summary: "Shows a guest's cart",
  auth: 'none',
  params: guestParams,
  status: 200,
  reply: Cart,
  problems: { CART_NOT_FOUND: 404 },
});

export const putGuestCartItem = endpoint({
  method: 'PUT',
  path: '/api/guest-carts/{token}/items/{sku}',
  service: 'cart',
  summary: "Sets how many of a product are in a guest's cart",
  auth: 'none',
  params: guestItemParams,
  body: quantityBody,
  status: 200,
  reply: Cart,
  problems: { ...cartProblems, CART_NOT_FOUND: 404 },
});

export const deleteGuestCartItem = endpoint({
  method: 'DELETE',
  path: '/api/guest-carts/{token}/items/{sku}',
  service: 'cart',
  summary: "Takes a product out of a guest's cart",
  auth: 'none',
  params: guestItemParams,
  status: 200,
  reply: Cart,
  problems: { CART_NOT_FOUND: 404, CART_CHANGED: 409 },
});
