import {
  commonProblems,
  deleteCartItem,
  deleteGuestCartItem,
  getGuestCart,
  mergeCart,
  putCartItem,
  putGuestCartItem,
} from '@shipline/contracts';
import { lambdaContext } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { CartError } from '../../src/domain/cart-error.js';
import { statusOf } from '../../src/handlers/cart-reply.js';
import { aCart, aToken, line, twentyLines } from '../builders.js';
import { customer, customerId } from '../setup.js';
import { item, setup, token } from './cart-http.js';

describe('refusals', () => {
  it('says that an SKU is unknown, and changes nothing', async () => {
    const { asCustomer, carts } = setup();

    expect(await asCustomer('PUT', '/items/GHOST', { quantity: 1 })).toMatchObject({
      statusCode: 422,
      code: 'UNKNOWN_SKU',
      body: { correlationId: lambdaContext().awsRequestId },
    });
    expect(await carts.find(customer)).toBeUndefined();
  });

  it('says that a cart is full', async () => {
    const { asCustomer, carts } = setup();
    await carts.save(customer, aCart(1, ...twentyLines()));

    expect(await asCustomer('PUT', '/items/MUG', { quantity: 1 })).toMatchObject({
      statusCode: 409,
      code: 'CART_FULL',
    });
  });

  it('says that a cart keeps changing', async () => {
    const { asCustomer, carts } = setup();
    carts.save = () => Promise.reject(new CartError('CART_CHANGED'));

    expect(await asCustomer('PUT', '/items/MUG', { quantity: 1 })).toMatchObject({
      statusCode: 409,
      code: 'CART_CHANGED',
    });
  });

  it.each<[string, unknown]>([
    ['none', { quantity: 0 }],
    ['less than none', { quantity: -1 }],
    ['one too many', { quantity: 100 }],
    ['absurdly many', { quantity: 1e21 }],
    ['half a one', { quantity: 1.5 }],
    ['a number as text', { quantity: '1' }],
    ['nothing said', {}],
    ['a price', { quantity: 1, price: 1 }],
    ['a list', [1]],
    ['null', 'null'],
  ])('does not take %s as quantity', async (_, body) => {
    const { asCustomer, asGuest, carts } = setup();
    await asGuest('POST', '');

    for (const reply of [await asCustomer('PUT', '/items/MUG', body), await asGuest('PUT', item, body)])
      expect(reply).toMatchObject({ statusCode: 422, code: 'INVALID_REQUEST' });
    expect(await carts.find(customer)).toBeUndefined();
    expect((await carts.find({ guestToken: token }))?.version).toBe(1);
  });

  it.each([
    ['a broken body', '{"quantity":'],
    ['text', 'two, please'],
  ])('does not take %s for JSON', async (_, body) => {
    expect(await setup().asCustomer('PUT', '/items/MUG', body)).toMatchObject({
      statusCode: commonProblems.MALFORMED_JSON,
      code: 'MALFORMED_JSON',
    });
  });

  it.each([
    ['over-long', 'M'.repeat(41)],
    ['in lower case', 'mug'],
    ['of another key', 'CART%23eve'],
  ])('does not take an SKU that is %s', async (_, sku) => {
    expect(await setup().asCustomer('PUT', `/items/${sku}`, { quantity: 1 })).toMatchObject({
      statusCode: 422,
      code: 'INVALID_REQUEST',
    });
  });

  it.each([
    ['too short', 'gct_abc'],
    ['over-long', aToken('a').repeat(20)],
    ['another’s kind', 'ada'],
  ])('does not take a token that is %s, nor repeats it', async (_, wrong) => {
    const { asGuest, asCustomer } = setup();

    for (const reply of [
      await asGuest('GET', `/${wrong}`),
      await asCustomer('POST', '/merge', { guestToken: wrong }),
    ]) {
      expect(reply).toMatchObject({ statusCode: 422, code: 'INVALID_REQUEST' });
      expect(JSON.stringify(reply)).not.toContain(wrong);
    }
  });

  it('does not take a form, nor a body of megabytes', async () => {
    const { send } = setup();
    const put = { method: 'PUT', path: '/api/cart/items/MUG', customerId };

    const form = await send({ ...put, body: 'quantity=1', headers: { 'content-type': 'text/plain' } });
    const huge = await send({ ...put, body: { quantity: 1, note: 'x'.repeat(70_000) } });

    expect([form.code, huge.code]).toEqual(['UNSUPPORTED_MEDIA_TYPE', 'BODY_TOO_LARGE']);
  });

  it('does not know other methods and paths', async () => {
    const { asCustomer } = setup();

    expect((await asCustomer('POST', '')).code).toBe('METHOD_NOT_ALLOWED');
    expect((await asCustomer('GET', '/secrets')).code).toBe('NOT_FOUND');
  });
});

describe('a fault', () => {
  it.each(['find', 'save'] as const)('fails the function when the table does not %s', async (method) => {
    const { asCustomer, carts } = setup();
    Object.assign(carts, { [method]: () => Promise.reject(new Error('no table')) });

    await expect(asCustomer('PUT', '/items/MUG', { quantity: 1 })).rejects.toThrow('no table');
  });

  it('fails the function when catalog does', async () => {
    const { asCustomer, carts, quotes } = setup();
    await carts.save(customer, aCart(1, line('MUG')));
    quotes.quote = () => Promise.reject(new Error('no catalog'));

    await expect(asCustomer('GET', '')).rejects.toThrow('no catalog');
  });

  it('fails the function on a route that lost its authorizer', async () => {
    await expect(setup().send({ path: '/api/cart' })).rejects.toThrow('authorizer');
  });
});

it('gives every refusal the status that its contracts say', () => {
  const endpoints = [
    putCartItem,
    deleteCartItem,
    mergeCart,
    getGuestCart,
    putGuestCartItem,
    deleteGuestCartItem,
  ];

  expect(Object.assign({}, ...endpoints.map(({ problems }) => problems))).toEqual(statusOf);
});
