import { describe, expect, it } from 'vitest';
import { aCart, aToken, line, twentyLines, usd } from '../builders.js';
import { InMemoryCarts } from '../fakes/in-memory-carts.js';
import { customer, losing, setup } from '../setup.js';

const day = 24 * 60 * 60 * 1000;
const guest = { guestToken: aToken('a') };

describe('putting a product into a cart', () => {
  it('answers with catalog’s prices and stores none', async () => {
    const { setItem, carts } = setup();

    expect(await setItem(customer, line('MUG', 3))).toEqual({
      version: 1,
      lines: [{ sku: 'MUG', name: 'Product MUG', unitPrice: usd(1400), quantity: 3, lineTotal: usd(4200) }],
      total: usd(4200),
      unavailable: [],
    });
    expect(await carts.find(customer)).toEqual(aCart(1, line('MUG', 3)));
  });

  it('starts a cart with its first product, and again after it was empty; not where the write is lost', async () => {
    const { setItem, removeItem, carts, measured } = setup();
    losing(carts, 1, () => carts.save(customer, aCart(1)));

    await setItem(customer, line('MUG'));
    await setItem(customer, line('CAP'));
    await setItem(customer, line('CAP', 2));
    expect(measured).toEqual([{ name: 'CartsStarted', value: 1 }]);

    await removeItem(customer, 'MUG');
    await removeItem(customer, 'CAP');
    await removeItem(customer, 'CAP');
    expect(measured).toHaveLength(1);
    await setItem(customer, line('MUG'));
    expect(measured).toHaveLength(2);
  });

  it('asks catalog once', async () => {
    const { setItem, quotes } = setup();

    await setItem(customer, line('MUG'));

    expect(quotes.asked).toEqual([[line('MUG')]]);
  });

  it('keeps the version when it is repeated', async () => {
    const { setItem } = setup();
    await setItem(customer, line('MUG', 3));

    expect((await setItem(customer, line('MUG', 3))).version).toBe(1);
  });

  it('refuses an unknown SKU and changes nothing', async () => {
    const { setItem, carts } = setup();
    await setItem(customer, line('MUG'));

    await expect(setItem(customer, line('GHOST'))).rejects.toMatchObject({ code: 'UNKNOWN_SKU' });
    expect(await carts.find(customer)).toEqual(aCart(1, line('MUG')));
  });

  it('takes a product although another one is no longer sold', async () => {
    const { setItem, quotes } = setup();
    await setItem(customer, line('CAP'));
    quotes.prices.delete('CAP');

    expect(await setItem(customer, line('MUG'))).toMatchObject({
      version: 2,
      lines: [{ sku: 'MUG' }],
      total: usd(1400),
      unavailable: ['CAP'],
    });
  });

  it('refuses a twenty-first product', async () => {
    const { setItem, carts } = setup();
    await carts.save(customer, aCart(1, ...twentyLines()));

    await expect(setItem(customer, line('MUG'))).rejects.toMatchObject({ code: 'CART_FULL' });
  });

  it('changes nothing when catalog fails', async () => {
    const { setItem, quotes, carts } = setup();
    quotes.quote = () => Promise.reject(new Error('catalog is down'));

    await expect(setItem(customer, line('MUG'))).rejects.toThrow('catalog is down');
    expect(await carts.find(customer)).toBeUndefined();
  });

  it('finds its own write when the reply to it was lost', async () => {
    const { setItem, carts } = setup();
    losing(carts, 1, () => InMemoryCarts.prototype.save.call(carts, customer, aCart(1, line('MUG'))));

    expect((await setItem(customer, line('MUG'))).version).toBe(1);
  });

  it('keeps what another tab put in meanwhile', async () => {
    const { setItem, carts } = setup();
    losing(carts, 1, () => InMemoryCarts.prototype.save.call(carts, customer, aCart(1, line('CAP'))));

    await setItem(customer, line('MUG'));

    expect(await carts.find(customer)).toEqual(aCart(2, line('CAP'), line('MUG')));
  });

  it('says so in the end when it came too late each time', async () => {
    const { setItem, carts } = setup();
    let version = 0;
    losing(carts, 3, async () => {
      version += 1;
      await InMemoryCarts.prototype.save.call(carts, customer, aCart(version, line('CAP', version)));
    });

    await expect(setItem(customer, line('MUG'))).rejects.toMatchObject({ code: 'CART_CHANGED' });
    expect(version).toBe(3);
  });
});

describe('taking a product out', () => {
  it('works for one that is no longer sold', async () => {
    const { setItem, removeItem, quotes } = setup();
    await setItem(customer, line('MUG'));
    quotes.prices.delete('MUG');

    expect(await removeItem(customer, 'MUG')).toEqual({
      version: 2,
      lines: [],
      total: usd(0),
      unavailable: [],
    });
  });

  it('does nothing for one that is not in the cart', async () => {
    const { removeItem, carts } = setup();

    expect((await removeItem(customer, 'MUG')).version).toBe(0);
    expect(await carts.find(customer)).toBeUndefined();
  });
});

describe('a guest’s cart', () => {
  it('is opened empty and can be filled', async () => {
    const { openGuestCart, setItem, getCart } = setup();

    expect(await openGuestCart()).toEqual({
      token: guest.guestToken,
      cart: { version: 1, lines: [], total: usd(0), unavailable: [] },
    });
    await setItem(guest, line('MUG', 2));

    expect(await getCart(guest)).toMatchObject({ version: 2, total: usd(2800) });
  });

  it('is nobody else’s', async () => {
    const { openGuestCart, setItem, getCart } = setup();
    await openGuestCart();
    const stranger = { guestToken: aToken('z') };

    await expect(getCart(stranger)).rejects.toMatchObject({ code: 'CART_NOT_FOUND' });
    await expect(setItem(stranger, line('MUG'))).rejects.toMatchObject({ code: 'CART_NOT_FOUND' });
  });

  it('lives on for seven days with each change, and is gone then although it is still stored', async () => {
    const { openGuestCart, setItem, getCart, removeItem, clock, carts } = setup();
    await openGuestCart();
    clock.advance(6 * day);
    await setItem(guest, line('MUG'));
    clock.advance(7 * day - 1000);
    expect(await getCart(guest)).toMatchObject({ version: 2 });

    clock.advance(1000);

    await expect(getCart(guest)).rejects.toMatchObject({ code: 'CART_NOT_FOUND' });
    await expect(removeItem(guest, 'MUG')).rejects.toMatchObject({ code: 'CART_NOT_FOUND' });
    expect(await carts.find(guest)).toBeDefined();
  });
});
