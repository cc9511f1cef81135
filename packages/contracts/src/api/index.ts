import * as cart from './cart.js';
import * as catalog from './catalog.js';
import * as inventory from './inventory.js';
import * as orders from './orders.js';
import * as payments from './payments.js';

/** Every route of the shop, by operation id. */
export const endpoints = {
  listProducts: catalog.listProducts,
  getProduct: catalog.getProduct,
  getAvailability: inventory.getAvailability,
  getCart: cart.getCart,
  putCartItem: cart.putCartItem,
  deleteCartItem: cart.deleteCartItem,
  mergeCart: cart.mergeCart,
  createGuestCart: cart.createGuestCart,
  getGuestCart: cart.getGuestCart,
  putGuestCartItem: cart.putGuestCartItem,
  deleteGuestCartItem: cart.deleteGuestCartItem,
  placeOrder: orders.placeOrder,
  listOrders: orders.listOrders,
  getOrder: orders.getOrder,
  cancelOrder: orders.cancelOrder,
  receiveWebhook: payments.receiveWebhook,
} as const;
export type Endpoints = typeof endpoints;
