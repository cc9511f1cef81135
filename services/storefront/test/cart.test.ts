import type { Cart } from '@shipline/contracts';
import { ApiProblem, type ShopClient } from '@shipline/contracts/client';
import { describe, expect, it } from 'vitest';
import { guestCart, mergeGuestCart } from '../src/cart/cart-api.js';
import { countOf, emptyCart, reduceCart } from '../src/cart/cart-reducer.js';
import { latestWins } from '../src/cart/latest-wins.js';
import { loadSeen, saveSeen } from '../src/cart/seen-prices.js';
import { shortages } from '../src/cart/shortages.js';
import { memoryStorage } from './memory-storage.js';

const money = (amount: number) => ({ amount, currency: 'USD' });
function cartOf(
  lines: Record<string, readonly [price: number, quantity: number]>,
  unavailable: string[] = [],
): Cart {
  const priced = Object.entries(lines).map(([sku, [price, quantity]]) => ({
    sku,
    name: `The ${sku}`,
    unitPrice: money(price),
    quantity,
    lineTotal: money(price * quantity),
  }));
  const total = money(priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0));
  return { version: 1, lines: priced, total, unavailable };
}
const after = (...carts: (Cart | undefined)[]) =>
  carts.reduce((state, cart) => reduceCart(state, { type: 'received', cart }), emptyCart());

describe('the cart on the page', () => {
  it('points out a price that moved since the customer last saw it', () => {
    const { notices } = after(cartOf({ MUG: [1400, 1] }), cartOf({ MUG: [1600, 1] }));

    expect(notices).toEqual([
      { kind: 'price-changed', sku: 'MUG', name: 'The MUG', from: money(1400), to: money(1600) },
    ]);
  });

  it('leaves nothing of a customer to whoever sits here after the sign-out', () => {
    const wanting = reduceCart(after(cartOf({ MUG: [1400, 1] })), {
      type: 'wanted',
      sku: 'CAP',
      quantity: 2,
    });

    expect(reduceCart(wanting, { type: 'left' })).toEqual(emptyCart());
  });

  it('remembers prices from one visit to the next', () => {
    const storage = memoryStorage();
    saveSeen(storage, after(cartOf({ MUG: [1400, 1] })).seen);

    const next = reduceCart(emptyCart(loadSeen(storage)), {
      type: 'received',
      cart: cartOf({ MUG: [1300, 1] }),
    });

    expect(next.notices).toHaveLength(1);
  });

  it('keeps a notice until it is put away', () => {
    const changed = after(cartOf({ MUG: [1400, 1] }), cartOf({ MUG: [1600, 1] }), cartOf({ MUG: [1600, 2] }));
    expect(changed.notices).toHaveLength(1);
    expect(reduceCart(changed, { type: 'dismissed', sku: 'MUG' }).notices).toEqual([]);
  });

  it('names a product that is no longer sold, and forgets it once it is removed', () => {
    const gone = after(cartOf({ MUG: [1400, 1] }), cartOf({}, ['MUG']));
    expect(gone.notices).toEqual([{ kind: 'no-longer-sold', sku: 'MUG', name: 'The MUG' }]);
    expect(reduceCart(gone, { type: 'received', cart: cartOf({}) }).notices).toEqual([]);
  });

  it('counts what the customer asked for before the server has answered', () => {
    const asked = reduceCart(after(cartOf({ MUG: [1400, 1], BAG: [1900, 2] })), {
      type: 'wanted',
      sku: 'MUG',
      quantity: 5,
    });
    expect(countOf(asked)).toBe(7);
  });

  it('goes back to the server’s quantity when a change is refused', () => {
    const asked = reduceCart(after(cartOf({ MUG: [1400, 1] })), { type: 'wanted', sku: 'MUG', quantity: 5 });
    const refused = reduceCart(asked, {
      type: 'refused',
      sku: 'MUG',
      error: new ApiProblem(409, 'CART_FULL'),
    });

    expect(countOf(refused)).toBe(1);
    expect(refused.error).toBeInstanceOf(ApiProblem);
  });

  it('stays readable when a reload fails', () => {
    const failed = reduceCart(after(cartOf({ MUG: [1400, 1] })), { type: 'failed', error: new TypeError() });
    expect(failed).toMatchObject({ status: 'ready', cart: { version: 1 } });
    expect(reduceCart(emptyCart(), { type: 'failed', error: new TypeError() }).status).toBe('failed');
  });

  it('sees lines of which too few are left, and no shortage where stock is unknown', () => {
    const { lines } = cartOf({ MUG: [1400, 3], BAG: [1900, 1], PIN: [700, 9] });
    expect(shortages(lines, { MUG: 2, BAG: 1 })).toEqual([{ sku: 'MUG', wanted: 3, available: 2 }]);
    expect(shortages(lines, { MUG: 2 }, { MUG: 2 })).toEqual([]);
  });
});

describe('quick changes', () => {
  it('that are overtaken while they wait are left out', async () => {
    const sent: number[] = [];
    const run = latestWins();

    await Promise.all([1, 2, 3, 4, 5].map((n) => run('MUG', async () => void sent.push(n))));

    expect(sent).toEqual([5]);
  });

  it('of another product are not lost', async () => {
    const sent: string[] = [];
    const run = latestWins();
    await Promise.all(['MUG', 'BAG'].map((sku) => run(sku, async () => void sent.push(sku))));
    expect(sent).toEqual(['MUG', 'BAG']);
  });
});

describe('a guest’s cart', () => {
  const KEY = 'shipline.guest-cart';
  const refuse = (status: number, code: string) => async () => {
    throw new ApiProblem(status, code);
  };
  const client = (calls: Partial<ShopClient>) => calls as ShopClient;

  it('is opened with the first product', async () => {
    const storage = memoryStorage();
    const put: string[] = [];
    const cart = guestCart(
      client({
        createGuestCart: async () => ({ token: 'gct_new', cart: cartOf({}) }),
        putGuestCartItem: async ({ params }) => {
          put.push(params.token);
          return cartOf({ MUG: [1400, 1] });
        },
      }),
      storage,
    );

    expect(await cart.read()).toBeUndefined();
    await cart.set('MUG', 1);

    expect(put).toEqual(['gct_new']);
    expect(storage.getItem(KEY)).toBe('gct_new');
  });

  it('starts anew when the old one has expired', async () => {
    const storage = memoryStorage({ [KEY]: 'gct_old' });
    const put: string[] = [];
    const cart = guestCart(
      client({
        createGuestCart: async () => ({ token: 'gct_new', cart: cartOf({}) }),
        putGuestCartItem: async ({ params }) => {
          put.push(params.token);
          if (params.token === 'gct_old') throw new ApiProblem(404, 'CART_NOT_FOUND');
          return cartOf({ MUG: [1400, 1] });
        },
      }),
      storage,
    );

    await cart.set('MUG', 1);

    expect(put).toEqual(['gct_old', 'gct_new']);
  });

  it('keeps its key until the merge has arrived', async () => {
    const storage = memoryStorage({ [KEY]: 'gct_old' });
    const lost = client({ mergeCart: async () => Promise.reject(new TypeError('Failed to fetch')) });

    await expect(mergeGuestCart(lost, storage)).rejects.toThrow();
    expect(storage.getItem(KEY)).toBe('gct_old');

    await mergeGuestCart(client({ mergeCart: async () => cartOf({ MUG: [1400, 1] }) }), storage);
    expect(storage.getItem(KEY)).toBeNull();
  });

  it('gives up a key that the server refuses, and not one that only came without a sign-in', async () => {
    const storage = memoryStorage({ [KEY]: 'gct_old' });
    await expect(mergeGuestCart(client({ mergeCart: refuse(401, 'HTTP_401') }), storage)).rejects.toThrow();
    expect(storage.getItem(KEY)).toBe('gct_old');

    await expect(
      mergeGuestCart(client({ mergeCart: refuse(422, 'INVALID_REQUEST') }), storage),
    ).rejects.toThrow();
    expect(storage.getItem(KEY)).toBeNull();
  });
});
