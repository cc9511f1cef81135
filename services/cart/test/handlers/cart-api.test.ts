import { Cart, createGuestCart } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { aToken } from '../builders.js';
import { customerId } from '../setup.js';
import { item, setup, token } from './cart-http.js';

describe('a customer’s cart', () => {
  it('is empty to begin with, and nobody caches it', async () => {
    const { statusCode, headers, body } = await setup().asCustomer('GET', '');

    expect(statusCode).toBe(200);
    expect(Cart.parse(body)).toEqual({
      version: 0,
      lines: [],
      total: { amount: 0, currency: 'USD' },
      unavailable: [],
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('takes a product, shows it, and lets it go', async () => {
    const { asCustomer } = setup();

    const put = await asCustomer('PUT', '/items/MUG', { quantity: 2 });
    expect({ status: put.statusCode, cart: Cart.parse(put.body) }).toMatchObject({
      status: 200,
      cart: { version: 1, lines: [{ sku: 'MUG', quantity: 2 }], total: { amount: 2800 } },
    });
    expect((await asCustomer('GET', '')).body).toEqual(put.body);
    expect((await asCustomer('DELETE', '/items/MUG')).body).toMatchObject({ version: 2, lines: [] });
  });

  it('is whose token it is, whatever else the request says', async () => {
    const { asCustomer, send } = setup();
    await asCustomer('PUT', '/items/MUG', { quantity: 2 });

    const stranger = await send({
      path: '/api/cart',
      customerId: 'eve',
      query: { customerId },
      headers: { 'x-customer-id': customerId },
    });

    expect(stranger.body).toMatchObject({ version: 0, lines: [] });
  });

  it('takes a guest’s cart in', async () => {
    const { asCustomer, asGuest } = setup();
    await asGuest('POST', '');
    await asGuest('PUT', item, { quantity: 3 });

    expect(await asCustomer('POST', '/merge', { guestToken: token })).toMatchObject({
      statusCode: 200,
      body: { lines: [{ sku: 'MUG', quantity: 3 }] },
    });
    expect(await asGuest('GET', `/${token}`)).toMatchObject({ statusCode: 404, code: 'CART_NOT_FOUND' });
  });
});

describe('a guest’s cart', () => {
  it('is opened with a token that only this reply has', async () => {
    const { asGuest, logger } = setup();

    const { statusCode, headers, body } = await asGuest('POST', '');

    expect(statusCode).toBe(createGuestCart.status);
    expect(createGuestCart.reply.parse(body)).toMatchObject({ token, cart: { version: 1, lines: [] } });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    await asGuest('PUT', item, { quantity: 1 });
    expect(JSON.stringify(logger.lines)).not.toContain(token);
  });

  it('takes a product, shows it, and lets it go', async () => {
    const { asGuest } = setup();
    await asGuest('POST', '');

    const put = await asGuest('PUT', item, { quantity: 2 });
    expect(Cart.parse(put.body)).toMatchObject({ version: 2, lines: [{ sku: 'MUG', quantity: 2 }] });
    expect((await asGuest('GET', `/${token}`)).body).toEqual(put.body);
    expect((await asGuest('DELETE', item)).body).toMatchObject({ version: 3, lines: [] });
  });

  it.each([
    ['GET', ''],
    ['PUT', '/items/MUG'],
    ['DELETE', '/items/MUG'],
  ])('looks absent to a stranger’s %s%s', async (method, path) => {
    const { asGuest } = setup();
    await asGuest('POST', '');

    const body = method === 'PUT' ? { quantity: 1 } : undefined;
    expect(await asGuest(method, `/${aToken('z')}${path}`, body)).toMatchObject({
      statusCode: 404,
      code: 'CART_NOT_FOUND',
      headers: { 'content-type': 'application/problem+json' },
    });
  });
});
