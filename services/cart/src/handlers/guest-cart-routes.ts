import type { Router } from '@aws-lambda-powertools/event-handler/http';
import { createGuestCart, deleteGuestCartItem, getGuestCart, putGuestCartItem } from '@shipline/contracts';
import type { GetCart } from '../application/get-cart.js';
import type { OpenGuestCart } from '../application/open-guest-cart.js';
import type { RemoveItem } from '../application/remove-item.js';
import type { SetItem } from '../application/set-item.js';
import { toReply } from './cart-reply.js';

export interface GuestCartUseCases {
  readonly openGuestCart: OpenGuestCart;
  readonly getCart: GetCart;
  readonly setItem: SetItem;
  readonly removeItem: RemoveItem;
}

/** Public routes: whoever holds the token holds the cart. */
export function guestCartRoutes(
  api: Router,
  { openGuestCart, getCart, setItem, removeItem }: GuestCartUseCases,
): void {
  api.post('/api/guest-carts', async () => {
    const { token, cart } = await openGuestCart();
    return Response.json({ token, cart: toReply(cart) }, { status: createGuestCart.status });
  });
  api.get(
    '/api/guest-carts/:token',
    async ({ valid }) => toReply(await getCart({ guestToken: valid.req.path.token })),
    { validation: { req: { path: getGuestCart.params } } },
  );
  api.put(
    '/api/guest-carts/:token/items/:sku',
    async ({ valid }) => {
      const { path, body } = valid.req;
      return toReply(await setItem({ guestToken: path.token }, { sku: path.sku, quantity: body.quantity }));
    },
    { validation: { req: { path: putGuestCartItem.params, body: putGuestCartItem.body } } },
  );
  api.delete(
    '/api/guest-carts/:token/items/:sku',
    async ({ valid }) => toReply(await removeItem({ guestToken: valid.req.path.token }, valid.req.path.sku)),
    { validation: { req: { path: deleteGuestCartItem.params } } },
  );
}
