import type { Router } from '@aws-lambda-powertools/event-handler/http';
import { deleteCartItem, mergeCart as mergeCartEndpoint, putCartItem } from '@shipline/contracts';
import { customerOf } from '@shipline/lambda-kit/customer';
import type { GetCart } from '../application/get-cart.js';
import type { MergeCart } from '../application/merge-cart.js';
import type { RemoveItem } from '../application/remove-item.js';
import type { SetItem } from '../application/set-item.js';
import { toReply } from './cart-reply.js';

export interface CustomerCartUseCases {
  readonly getCart: GetCart;
  readonly setItem: SetItem;
  readonly removeItem: RemoveItem;
  readonly mergeCart: MergeCart;
}

/** Whose cart it is comes from the verified token alone. */
export function customerCartRoutes(
  api: Router,
  { getCart, setItem, removeItem, mergeCart }: CustomerCartUseCases,
): void {
  const ownerOf = (event: unknown) => ({ customerId: customerOf(event).customerId });
  api.get('/api/cart', async ({ event }) => toReply(await getCart(ownerOf(event))));
  api.put(
    '/api/cart/items/:sku',
    async ({ event, valid }) => {
      const { path, body } = valid.req;
      return toReply(await setItem(ownerOf(event), { sku: path.sku, quantity: body.quantity }));
    },
    { validation: { req: { path: putCartItem.params, body: putCartItem.body } } },
  );
  api.delete(
    '/api/cart/items/:sku',
    async ({ event, valid }) => toReply(await removeItem(ownerOf(event), valid.req.path.sku)),
    { validation: { req: { path: deleteCartItem.params } } },
  );
  api.post(
    '/api/cart/merge',
    async ({ event, valid }) =>
      toReply(await mergeCart({ ...ownerOf(event), guestToken: valid.req.body.guestToken })),
    { validation: { req: { body: mergeCartEndpoint.body } } },
  );
}
