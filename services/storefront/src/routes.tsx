import type { RouteObject } from 'react-router';
import { CartPage } from './cart/cart-page.js';
import { ProductPage } from './catalog/product-page.js';
import { ShelfPage } from './catalog/shelf-page.js';
import { CrashPage } from './shell/crash-page.js';
import { Layout } from './shell/layout.js';
import { NotFoundPage } from './shell/not-found-page.js';
import { Loading } from './ui/loading.js';

/** Signing in, paying and orders are loaded when they are opened. */
export const routes: RouteObject[] = [
  {
    element: <Layout />,
    errorElement: <CrashPage />,
    hydrateFallbackElement: <Loading what="the shop" />,
    children: [
      { index: true, element: <ShelfPage /> },
      { path: 'products/:sku', element: <ProductPage /> },
      { path: 'cart', element: <CartPage /> },
      {
        path: 'sign-in',
        lazy: { Component: async () => (await import('./session/sign-in-page.js')).SignInPage },
      },
      {
        path: 'sign-up',
        lazy: { Component: async () => (await import('./session/sign-in-page.js')).SignUpPage },
      },
      {
        path: 'checkout',
        lazy: { Component: async () => (await import('./checkout/checkout-page.js')).CheckoutPage },
      },
      {
        path: 'orders',
        lazy: { Component: async () => (await import('./orders/orders-page.js')).OrdersPage },
      },
      {
        path: 'orders/:orderId',
        lazy: { Component: async () => (await import('./orders/order-page.js')).OrderPage },
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];
