import type { Cart } from '../../src/domain/cart.js';
import { CartError } from '../../src/domain/cart-error.js';
import type { GuestToken, Owner } from '../../src/domain/owner.js';
import type { Carts } from '../../src/ports/carts.js';

export class InMemoryCarts implements Carts {
  private readonly carts = new Map<string, Cart>();

  get all(): ReadonlyMap<string, Cart> {
    return this.carts;
  }

  async find(owner: Owner): Promise<Cart | undefined> {
    return this.carts.get(keyOf(owner));
  }

  async add(guestToken: GuestToken, cart: Cart): Promise<void> {
    if (!this.carts.has(keyOf({ guestToken }))) this.carts.set(keyOf({ guestToken }), cart);
  }

  async save(owner: Owner, cart: Cart): Promise<void> {
    this.requireVersion(owner, cart.version - 1);
    this.carts.set(keyOf(owner), cart);
  }

  async merge({
    customerId,
    cart,
    guestToken,
    guestVersion,
  }: {
    customerId: string;
    cart: Cart;
    guestToken: GuestToken;
    guestVersion: number;
  }): Promise<void> {
    this.requireVersion({ customerId }, cart.version - 1);
    this.requireVersion({ guestToken }, guestVersion);
    this.carts.set(keyOf({ customerId }), cart);
    this.carts.delete(keyOf({ guestToken }));
  }

  private requireVersion(owner: Owner, version: number): void {
    if ((this.carts.get(keyOf(owner))?.version ?? 0) !== version) throw new CartError('CART_CHANGED');
  }
}

const keyOf = (owner: Owner) => JSON.stringify(owner);
