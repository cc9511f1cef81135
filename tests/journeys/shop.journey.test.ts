import { randomUUID } from 'node:crypto';
import type { Product } from '@shipline/contracts';
import { createClient } from '@shipline/contracts/client';
import { afterEach, describe, expect, it } from 'vitest';
import { shopUrl } from './shop-url.js';
import { Visitor } from './visitor.js';

const shop = createClient({ origin: shopUrl() });
const pays = /4242 4242 4242 4242/;
const declines = /4000 0000 0000 0002/;

async function availabilityOf(sku: string): Promise<number> {
  const { items } = await shop.getAvailability({ query: { skus: sku } });
  return items[0]?.available ?? 0;
}

/** Products on the first page of the shelves of which a few can be had. */
async function inStock(): Promise<[Product, Product]> {
  const { items } = await shop.listProducts({ query: { limit: 12 } });
  const levels = await Promise.all(items.map(({ sku }) => availabilityOf(sku)));
  const [first, second] = items.filter((_, n) => (levels[n] ?? 0) >= 3);
  if (!first || !second) throw new Error('The shop has too little in stock for a journey: run `pnpm seed`.');
  return [first, second];
}

const newAccount = () => ({
  email: `journey-${randomUUID()}@shipline.example`,
  password: `Aa1!${randomUUID()}`,
});

describe.each([390, 1440])('a customer with a window of %i px', (width) => {
  let visitor: Visitor;
  afterEach(() => visitor?.leave());

  it('collects as a guest, signs up, pays and finds one confirmed order', async () => {
    const [product] = await inStock();
    const before = await availabilityOf(product.sku);
    visitor = await Visitor.arrive('pays', width);
    const { page } = visitor;

    await visitor.open('/');
    await page.getByRole('link', { name: product.name }).waitFor();
    await visitor.picture('shelves');
    await visitor.addToCart(product);
    await visitor.openCart();
    await page.getByRole('button', { name: `One ${product.name} more` }).click();
    await page.getByRole('link', { name: 'Cart, 2 things' }).waitFor();
    await visitor.picture('cart');
    await visitor.signUpToCheckOut(newAccount());
    await page.getByText('× 2').waitFor();
    await visitor.pay(pays);
    await visitor.heading('Your order is confirmed').waitFor();
    await page.getByRole('link', { name: 'Cart, empty' }).waitFor();
    await visitor.picture('confirmed');

    expect(await availabilityOf(product.sku)).toBe(before - 2);
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByText('Confirmed', { exact: true }).waitFor();
    await visitor.picture('orders');
    expect(await page.getByRole('listitem').filter({ hasText: 'ord_' }).count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('whose card is declined reads why, keeps the cart, and the stock is free again', async () => {
    const [, product] = await inStock();
    const before = await availabilityOf(product.sku);
    visitor = await Visitor.arrive('declined', width);
    const { page } = visitor;

    await visitor.open('/');
    await visitor.addToCart(product);
    await visitor.openCart();
    await visitor.signUpToCheckOut(newAccount());
    await visitor.pay(declines);
    await visitor.heading('Your order did not go through').waitFor();
    await page.getByText('Your bank declined the card.').waitFor();
    await visitor.picture('refused');

    await expect.poll(() => availabilityOf(product.sku), { timeout: 60_000 }).toBe(before);
    await page.getByRole('link', { name: 'Back to your cart' }).click();
    await page.getByRole('link', { name: 'Check out' }).waitFor();
    await visitor.picture('cart-kept');
    expect(visitor.complaints).toEqual([]);
  });
});
