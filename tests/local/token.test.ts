import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { bearer, http } from '../support/http.js';
import { newKey, orderRequest } from '../support/orders.js';
import { signedAnew } from '../support/pool-key.js';

let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

const orders = (headers: Record<string, string>) => http.get('/api/orders').set(headers);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The customer's token with other claims under the old signature, and these claims alone. */
function forged(changes: object): { token: string; payload: string } {
  const [header = '', payload = '', signature = ''] = customer.accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const changed = encode({ ...claims, ...changes });
  return { token: `${header}.${changed}.${signature}`, payload: changed };
}

describe('a token', () => {
  it('is needed', async () => {
    expect((await orders({})).status).toBe(401);
    expect((await orders({ authorization: 'Bearer nonsense' })).status).toBe(401);
    expect((await orders(bearer(customer.accessToken))).status).toBe(200);
  });

  it.each([
    ['its customer', { sub: '00000000-0000-4000-8000-000000000000' }],
    ['its end', { exp: 4_000_000_000 }],
  ])('is refused when %s was changed, with the old signature and with none', async (_, changes) => {
    const { token, payload } = forged(changes);

    expect((await orders(bearer(token))).status).toBe(401);
    expect((await orders(bearer(`${encode({ alg: 'none' })}.${payload}.`))).status).toBe(401);
  });

  it('is refused from its end on, though it is rightly signed, and nothing is ordered', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const order = await orderRequest([{ sku: 'SHIRT-FRIDAY', quantity: 1 }]);
    const request = { 'idempotency-key': newKey(), 'content-type': 'application/json' };
    const alive = bearer(signedAnew(customer.accessToken, { iat: now - 3_600, exp: now + 600 }));
    const expired = bearer(signedAnew(customer.accessToken, { iat: now - 3_600, exp: now - 1 }));

    // Only the end differs: the one signature is as good as the other.
    expect((await orders(alive)).status).toBe(200);
    expect((await orders(expired)).status).toBe(401);
    const refused = await http
      .post('/api/orders')
      .set({ ...request, ...expired })
      .send(order);

    expect(refused.status).toBe(401);
    expect((await customer.shop.listOrders({ query: {} })).items).toEqual([]);
  });
});
