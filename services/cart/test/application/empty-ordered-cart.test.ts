import { describe, expect, it } from 'vitest';
import { makeEmptyOrderedCart } from '../../src/application/empty-ordered-cart.js';
import { CartError } from '../../src/domain/cart-error.js';
import { aCart, line } from '../builders.js';
import { InMemoryCarts } from '../fakes/in-memory-carts.js';

const customerId = 'ada';

async function setup() {
  const carts = new InMemoryCarts();
  await carts.save({ customerId }, aCart(1, line('MUG')));
  await carts.save({ customerId }, aCart(2, line('MUG'), line('CAP')));
  return { carts, emptyOrderedCart: makeEmptyOrderedCart({ carts }) };
}

describe('a confirmed order', () => {
  it('empties the version that was bought', async () => {
    const { carts, emptyOrderedCart } = await setup();

    expect(await emptyOrderedCart({ customerId, cartVersion: 2 })).toBe('emptied');
    expect(await carts.find({ customerId })).toEqual(aCart(3));
  });

  it('changes nothing when it is told twice, whatever was put in after the first time', async () => {
    const { carts, emptyOrderedCart } = await setup();
    await emptyOrderedCart({ customerId, cartVersion: 2 });
    await carts.save({ customerId }, aCart(4, line('MUG')));

    expect(await emptyOrderedCart({ customerId, cartVersion: 2 })).toBe('kept');
    expect(await carts.find({ customerId })).toEqual(aCart(4, line('MUG')));
  });

  it.each([
    ['an older version was bought', 1],
    ['a version was bought that there is not yet', 3],
    ['nothing of a cart was bought', undefined],
    ['a cart was bought that never was', 0],
  ])('keeps the cart when %s', async (_, cartVersion) => {
    const { carts, emptyOrderedCart } = await setup();

    expect(await emptyOrderedCart({ customerId, cartVersion })).toBe('kept');
    expect((await carts.find({ customerId }))?.version).toBe(2);
  });

  it('fails, to be tried again, when a merge is under way that may itself fail', async () => {
    const { carts, emptyOrderedCart } = await setup();
    carts.save = () => Promise.reject(new CartError('CART_CHANGED'));

    await expect(emptyOrderedCart({ customerId, cartVersion: 2 })).rejects.toThrow('CART_CHANGED');
  });

  it('fails, to be tried again, when the table cannot be written', async () => {
    const { carts, emptyOrderedCart } = await setup();
    carts.save = () => Promise.reject(new Error('no table'));

    await expect(emptyOrderedCart({ customerId, cartVersion: 1 })).rejects.toThrow('no table');
  });
});
