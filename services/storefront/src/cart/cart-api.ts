import type { Cart } from '@shipline/contracts';
import { ApiProblem, type ShopClient } from '@shipline/contracts/client';

const GUEST_TOKEN = 'shipline.guest-cart';

/** One cart, whoever it belongs to. `read` of a guest without a cart yet is `undefined`. */
export interface CartApi {
  read(): Promise<Cart | undefined>;
  /** Sets how many; 0 takes the product out. */
  set(sku: string, quantity: number): Promise<Cart>;
}

const isProblem = (error: unknown, code: string) => error instanceof ApiProblem && error.code === code;

/** The server merges concurrent changes by refusing one of them: ours is absolute, so it is simply sent again. */
async function againIfChanged<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isProblem(error, 'CART_CHANGED')) return change();
    throw error;
  }
}

export function customerCart(client: ShopClient): CartApi {
  return {
    read: () => client.getCart(),
    set: (sku, quantity) =>
      againIfChanged(() =>
        quantity === 0
          ? client.deleteCartItem({ params: { sku } })
          : client.putCartItem({ params: { sku }, body: { quantity } }),
      ),
  };
}

/** A guest's cart: its token is the only key to it, kept in this browser; opened with the first product. */
export function guestCart(client: ShopClient, storage: Storage): CartApi {
  const open = async () => {
    const { token } = await client.createGuestCart();
    storage.setItem(GUEST_TOKEN, token);
    return token;
  };
  const change = (token: string, sku: string, quantity: number) =>
    quantity === 0
      ? client.deleteGuestCartItem({ params: { token, sku } })
      : client.putGuestCartItem({ params: { token, sku }, body: { quantity } });
  return {
    read: async () => {
      const token = storage.getItem(GUEST_TOKEN);
      // eslint-disable-next-line security/detect-possible-timing-attacks -- asks whether there is one
      if (token === null) return undefined;
      try {
        return await client.getGuestCart({ params: { token } });
      } catch (error) {
        if (!isProblem(error, 'CART_NOT_FOUND')) throw error;
        storage.removeItem(GUEST_TOKEN);
        return undefined;
      }
    },
    set: (sku, quantity) =>
      againIfChanged(async () => {
        const token = storage.getItem(GUEST_TOKEN) ?? (await open());
        try {
          return await change(token, sku, quantity);
        } catch (error) {
          // The cart has expired on the server: a new one takes the product.
          if (!isProblem(error, 'CART_NOT_FOUND')) throw error;
          return change(await open(), sku, quantity);
        }
      }),
  };
}

/**
 * Moves what a guest collected into the customer's cart. The token goes only after the server has it, so that
 * a lost reply is made good at the next visit; the merge is harmless to repeat.
 */
export async function mergeGuestCart(client: ShopClient, storage: Storage): Promise<Cart | undefined> {
  const guestToken = storage.getItem(GUEST_TOKEN);
  if (guestToken === null) return undefined;
  try {
    const cart = await againIfChanged(() => client.mergeCart({ body: { guestToken } }));
    storage.removeItem(GUEST_TOKEN);
    return cart;
  } catch (error) {
    // A refusal stays one (the cart is unknown or malformed); a failure of the network is tried again later.
    if (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 401)
      storage.removeItem(GUEST_TOKEN);
    throw error;
  }
}
