import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import { newGuestCart } from '../../src/domain/guest-cart.js';
import type { Carts } from '../../src/ports/carts.js';
import { aCart, aToken, line, now } from '../builders.js';

const customer = { customerId: '6a5d1f9e-7b1c-4a0e-9c53-2f3d8a7b6c41' };
const { customerId } = customer;
const guestToken = aToken('g');
const guest = { guestToken };
const refusal = { name: 'CartError', code: 'CART_CHANGED' };
const outcomes = async (writes: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(writes);
  for (const result of settled)
    if (result.status === 'rejected') expect(result.reason).toMatchObject(refusal);
  return settled.filter(({ status }) => status === 'fulfilled').length;
};

export const describeCarts = contract<Carts>('a store of carts', (carts) => {
  it('finds nothing where nothing was saved', async () => {
    expect(await carts().find(customer)).toBeUndefined();
    expect(await carts().find(guest)).toBeUndefined();
  });

  it('finds a cart as it was saved', async () => {
    const cart = aCart(1, line('MUG', 2), line('CAP', 99));

    await carts().save(customer, cart);

    expect(await carts().find(customer)).toEqual(cart);
  });

  it('keeps carts of different owners apart', async () => {
    await carts().save(customer, aCart(1, line('MUG')));
    await carts().save({ customerId: 'another' }, aCart(1, line('CAP')));

    expect(await carts().find(customer)).toEqual(aCart(1, line('MUG')));
    expect(await carts().find({ guestToken: customerId })).toBeUndefined();
  });

  it('saves one version after the other', async () => {
    await carts().save(customer, aCart(1, line('MUG')));
    await carts().save(customer, aCart(2));

    expect(await carts().find(customer)).toEqual(aCart(2));
  });

  it.each([
    ['a first version where there is one', aCart(1, line('CAP'))],
    ['a version that skips one', aCart(3, line('CAP'))],
  ])('refuses %s', async (_, stale) => {
    await carts().save(customer, aCart(1, line('MUG')));

    await expect(carts().save(customer, stale)).rejects.toMatchObject(refusal);
    expect(await carts().find(customer)).toEqual(aCart(1, line('MUG')));
  });

  it('refuses a later version of what is not there', async () => {
    await expect(carts().save(customer, aCart(2, line('MUG')))).rejects.toMatchObject(refusal);
    expect(await carts().find(customer)).toBeUndefined();
  });

  it('lets one of many writers of the same version win', async () => {
    const writes = ['A', 'B', 'C', 'D', 'E'].map((sku) => carts().save(customer, aCart(1, line(sku))));

    expect(await outcomes(writes)).toBe(1);
    expect((await carts().find(customer))?.version).toBe(1);
  });

  it('keeps when a guest’s cart expires', async () => {
    const cart = newGuestCart(now);
    await carts().add(guestToken, cart);
    expect(await carts().find(guest)).toEqual(cart);

    const next = { ...cart, version: 2, expiresAt: new Date('2027-01-01T00:00:00Z') };
    await carts().save(guest, next);

    expect(await carts().find(guest)).toEqual(next);
  });

  it('does not empty a guest’s cart by adding it again', async () => {
    await carts().add(guestToken, newGuestCart(now));
    await carts().save(guest, aCart(2, line('MUG')));

    await carts().add(guestToken, newGuestCart(now));

    expect(await carts().find(guest)).toEqual(aCart(2, line('MUG')));
  });

  it('saves the customer’s cart and deletes the guest’s in one', async () => {
    await carts().add(guestToken, newGuestCart(now));
    const cart = aCart(1, line('MUG'));

    await carts().merge({ customerId, cart, guestToken, guestVersion: 1 });

    expect(await carts().find(customer)).toEqual(cart);
    expect(await carts().find(guest)).toBeUndefined();
  });

  it.each([
    ['the customer’s cart has changed', { cart: aCart(3, line('CAP')), guestVersion: 1 }],
    ['the guest’s cart has changed', { cart: aCart(2, line('CAP')), guestVersion: 2 }],
    ['the customer already has a first cart', { cart: aCart(1, line('CAP')), guestVersion: 1 }],
  ])('merges nothing when %s', async (_, change) => {
    await carts().save(customer, aCart(1, line('MUG')));
    await carts().add(guestToken, newGuestCart(now));

    await expect(carts().merge({ customerId, guestToken, ...change })).rejects.toMatchObject(refusal);

    expect(await carts().find(customer)).toEqual(aCart(1, line('MUG')));
    expect(await carts().find(guest)).toEqual(newGuestCart(now));
  });

  it('merges once for many who try at once', async () => {
    await carts().add(guestToken, newGuestCart(now));
    const cart = aCart(1, line('MUG', 2));
    const merge = () => carts().merge({ customerId, cart, guestToken, guestVersion: 1 });

    expect(await outcomes([merge(), merge(), merge()])).toBe(1);
    expect(await carts().find(customer)).toEqual(cart);
  });
});
