import type { Cart } from '../domain/cart.js';
import type { GuestToken, Owner } from '../domain/owner.js';

export interface Carts {
  /** Sees every change that was made before. */
  find(owner: Owner): Promise<Cart | undefined>;

  /** Stores a guest's new cart. Adding it again changes nothing. */
  add(guestToken: GuestToken, cart: Cart): Promise<void>;

  /**
   * Stores `cart` as the successor of the version before it; before version 1 there must be none.
   *
   * @throws {CartError} `CART_CHANGED` when another writer was first.
   */
  save(owner: Owner, cart: Cart): Promise<void>;

  /**
   * Saves the customer's cart and deletes the guest's, both or neither.
   *
   * @throws {CartError} `CART_CHANGED` when either is not the one that was read.
   */
  merge(merged: {
    customerId: string;
    cart: Cart;
    guestToken: GuestToken;
    guestVersion: number;
  }): Promise<void>;
}
