import { describe, expect, it } from 'vitest';
import { aCart, aToken, line, twentyLines, usd } from '../builders.js';
import { InMemoryCarts } from '../fakes/in-memory-carts.js';
import { customer, customerId, losing, setup } from '../setup.js';

const guestToken = aToken('a');
const guest = { guestToken };

async function withGuest(...lines: Parameters<typeof aCart>[1][]) {
  const shop = setup();
  await shop.openGuestCart();
  for (const each of lines) await shop.setItem(guest, each);
  return shop;
}

describe('merging a guest’s cart', () => {
  it('adds it to the customer’s and deletes it', async () => {
    const { mergeCart, setItem, carts } = await withGuest(line('MUG', 2), line('CAP', 1));
    await setItem(customer, line('MUG', 3));

    expect(await mergeCart({ customerId, guestToken })).toMatchObject({
      version: 2,
      lines: [
        { sku: 'MUG', quantity: 5 },
        { sku: 'CAP', quantity: 1 },
      ],
      total: usd(5 * 1400 + 2150),
    });
    expect(await carts.find(guest)).toBeUndefined();
  });

  it('changes nothing when it is repeated', async () => {
    const { mergeCart } = await withGuest(line('MUG', 2));

    const first = await mergeCart({ customerId, guestToken });

    expect(await mergeCart({ customerId, guestToken })).toEqual(first);
  });

  it('never makes more than 99 of a product, nor more than 20 products', async () => {
    const { mergeCart, carts } = await withGuest(line('CAP'), line('MUG', 60));
    await carts.save(customer, aCart(1, line('MUG', 60), ...twentyLines().slice(1)));

    await mergeCart({ customerId, guestToken });

    expect((await carts.find(customer))?.lines).toEqual([line('MUG', 99), ...twentyLines().slice(1)]);
  });

  it('leaves the customer’s cart as it is for a token that opens nothing', async () => {
    const { mergeCart, setItem } = setup();
    await setItem(customer, line('MUG'));

    expect(await mergeCart({ customerId, guestToken: aToken('z') })).toMatchObject({ version: 1 });
  });

  it('keeps the version, by which an order knows the cart, when the guest’s is empty', async () => {
    const { mergeCart, setItem } = await withGuest();
    await setItem(customer, line('MUG'));

    expect(await mergeCart({ customerId, guestToken })).toMatchObject({ version: 1 });
  });

  it('takes nothing from a guest’s cart that has expired', async () => {
    const { mergeCart, clock } = await withGuest(line('MUG'));
    clock.advance(7 * 24 * 60 * 60 * 1000);

    expect(await mergeCart({ customerId, guestToken })).toMatchObject({ version: 0, lines: [] });
  });

  it('merges what the guest put in meanwhile', async () => {
    const { mergeCart, carts } = await withGuest(line('MUG'));
    const later = aCart(3, line('MUG'), line('CAP'));
    losing(carts, 1, () => InMemoryCarts.prototype.save.call(carts, guest, later));

    expect(await mergeCart({ customerId, guestToken })).toMatchObject({
      lines: [{ sku: 'MUG' }, { sku: 'CAP' }],
    });
  });

  it('leaves both carts when catalog fails', async () => {
    const { mergeCart, quotes, carts } = await withGuest(line('MUG'));
    quotes.quote = () => Promise.reject(new Error('catalog is down'));

    await expect(mergeCart({ customerId, guestToken })).rejects.toThrow('catalog is down');
    expect(await carts.find(guest)).toBeDefined();
    expect(await carts.find(customer)).toBeUndefined();
  });

  it('names products of the guest that are no longer sold', async () => {
    const { mergeCart, quotes } = await withGuest(line('MUG'), line('CAP'));
    quotes.prices.delete('CAP');

    expect(await mergeCart({ customerId, guestToken })).toMatchObject({
      lines: [{ sku: 'MUG' }],
      unavailable: ['CAP'],
    });
  });
});
