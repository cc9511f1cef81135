import { getOrder, getProduct, listProducts, placeOrder } from '@shipline/contracts';
import { expect, it } from 'vitest';
import { apiCheck } from '../../src/release-checks.js';
import { saidStatus, setup } from './setup.js';

const product = {
  sku: 'MUG',
  name: 'Mug',
  description: 'For tea.',
  category: 'mugs',
  price: { amount: 1400, currency: 'USD' },
  image: '/mug.svg',
};
const json = { 'content-type': 'application/json; charset=utf-8' };
const reply = (body: unknown, over: object = {}) => ({
  value: { statusCode: 200, headers: json, body: JSON.stringify(body), ...over },
});
const shows = apiCheck('shows a product', getProduct, { params: { sku: 'MUG' }, expected: { sku: 'MUG' } });

it('sends what API Gateway would send, tagged as synthetic', async () => {
  const { calls, told, run } = setup(
    { api: [apiCheck('lists', listProducts, { query: { limit: 2 } })] },
    { answer: () => reply({ items: [product] }) },
  );

  await run();

  expect(calls[0]?.payload).toMatchObject({
    version: '2.0',
    rawPath: '/api/products',
    rawQueryString: 'limit=2',
    headers: { 'x-correlation-id': 'synthetic-d-ABC123' },
    requestContext: { http: { method: 'GET' } },
  });
  expect(calls[0]?.payload).not.toHaveProperty('requestContext.authorizer');
  expect(told).toEqual([saidStatus('Succeeded')]);
});

it('is a customer of its own where one is asked for, with a key and an order of its own', async () => {
  const body = { lines: [{ sku: 'MUG', quantity: 1 }] } as never;
  const { calls, run } = setup({
    api: [
      apiCheck('orders', placeOrder, {
        body,
        idempotencyKey: 'key-0123456789abcdef',
        problem: 'PRICE_CHANGED',
      }),
      apiCheck('reads', getOrder, ({ orderId }) => ({ params: { orderId }, problem: 'ORDER_NOT_FOUND' })),
    ],
  });

  await run();

  expect(calls[0]?.payload).toMatchObject({
    headers: { 'idempotency-key': 'key-0123456789abcdef', 'content-type': 'application/json' },
    requestContext: {
      authorizer: { jwt: { claims: { sub: 'synthetic-release-check', token_use: 'access' } } },
    },
  });
  expect(calls[1]?.payload).toMatchObject({ rawPath: expect.stringMatching(/^\/api\/orders\/ord_\w{26}$/) });
});

it.each([
  ['the reply', reply(product)],
  ['an encoded one', reply(product, { body: btoa(JSON.stringify(product)), isBase64Encoded: true })],
])('passes %s that is as the contract says', async (_, ending) => {
  const { told, run } = setup({ api: [shows] }, { answer: () => ending });

  await run();

  expect(told).toEqual([saidStatus('Succeeded')]);
});

const { name: _, ...nameless } = product;
it.each([
  ['another status', reply(product, { statusCode: 201 }), { actual: expect.stringMatching(/^201 /) }],
  [
    'a field of another type',
    reply({ ...product, name: 7 }),
    { actual: expect.stringContaining('name must') },
  ],
  ['a missing field', reply(nameless), { actual: expect.stringContaining('name is missing') }],
  [
    'a field that nobody meant to show',
    reply({ ...product, price: { amount: 1, currency: 'USD' }, pk: 'PRODUCT#MUG' }),
    { actual: expect.stringContaining('pk') },
  ],
  ['another product', reply({ ...product, sku: 'CAP' }), { expected: '{"sku":"MUG"}' }],
  ['no JSON', reply(product, { body: '<html>' }), { expected: 'JSON', actual: '<html>' }],
  [
    'another media type',
    reply(product, { headers: { 'Content-Type': 'text/html' } }),
    { actual: 'text/html' },
  ],
  ['no media type', reply(product, { headers: {} }), { actual: 'none' }],
  ['nothing that API Gateway takes', { value: product }, { expected: 'a reply that API Gateway takes' }],
])('fails %s', async (_, ending, line) => {
  const { told, run, failures } = setup({ api: [shows] }, { answer: () => ending });

  await run();

  expect(told).toEqual([saidStatus('Failed')]);
  expect(failures()).toMatchObject([line]);
});

const refused = apiCheck('knows no other', getProduct, {
  params: { sku: 'GHOST' },
  problem: 'PRODUCT_NOT_FOUND',
});
const document = { type: 'about:blank', title: 'Not Found', status: 404, code: 'PRODUCT_NOT_FOUND' };
const problem = (body: unknown, over: object = {}) =>
  reply(body, { statusCode: 404, headers: { 'content-type': 'application/problem+json' }, ...over });

it('passes the expected refusal', async () => {
  const { told, run } = setup({ api: [refused] }, { answer: () => problem(document) });

  await run();

  expect(told).toEqual([saidStatus('Succeeded')]);
});

it.each([
  ['another code', problem({ ...document, code: 'NOT_FOUND' })],
  ['another status in the document', problem({ ...document, status: 500 })],
  ['another status', problem(document, { statusCode: 422 })],
  ['a document without a title', problem({ ...document, title: undefined })],
  ['one that is not problem+json', problem(document, { headers: json })],
  ['a reply instead', reply(product)],
])('fails a refusal with %s', async (_, ending) => {
  const { told, run } = setup({ api: [refused] }, { answer: () => ending });

  await run();

  expect(told).toEqual([saidStatus('Failed')]);
});

it('fails a check that asks for what the contract does not have', async () => {
  const unheard = apiCheck('asks', getProduct, { params: { sku: 'MUG' }, problem: 'UNHEARD_OF' as never });
  const { told, run } = setup({ api: [unheard] }, { answer: () => problem(document) });

  await run();

  expect(told).toEqual([saidStatus('Failed')]);
});
