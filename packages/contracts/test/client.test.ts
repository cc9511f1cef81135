import { describe, expect, it } from 'vitest';
import { ApiProblem, createClient } from '../src/client.js';

const product = {
  sku: 'MUG-CANARY',
  name: 'Canary mug',
  description: 'A mug.',
  category: 'mugs',
  price: { amount: 1400, currency: 'USD' },
  image: '/products/MUG-CANARY.svg',
};

function setup(reply: Response) {
  const requests: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(new Request(input, init));
    return reply;
  };
  const client = createClient({ origin: 'http://shop.test', fetch, accessToken: async () => 'token-1' });
  return { client, requests };
}

describe('the typed client', () => {
  it('fills path and query parameters and parses the reply', async () => {
    const { client, requests } = setup(Response.json({ items: [product] }));

    const page = await client.listProducts({ query: { category: 'mugs', limit: 5 } });

    expect(requests[0]?.url).toBe('http://shop.test/api/products?category=mugs&limit=5');
    expect(page.items[0]?.price.amount).toBe(1400);
  });

  it('sends the access token only to routes that need a customer', async () => {
    const anonymous = setup(Response.json(product));
    await anonymous.client.getProduct({ params: { sku: 'MUG-CANARY' } });
    expect(anonymous.requests[0]?.headers.get('authorization')).toBeNull();

    const signedIn = setup(Response.json({ items: [] }));
    await signedIn.client.listOrders({});
    expect(signedIn.requests[0]?.headers.get('authorization')).toBe('Bearer token-1');
  });

  it('throws the problem with its code, status and Retry-After', async () => {
    const body = { type: 'about:blank', title: 'Stock is busy', status: 409, code: 'STOCK_BUSY' };
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '1' };
    const { client } = setup(new Response(JSON.stringify(body), { status: 409, headers }));

    const error = await client.getProduct({ params: { sku: 'MUG-CANARY' } }).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ status: 409, code: 'STOCK_BUSY', retryAfter: 1 });
  });

  it("gives API Gateway's own refusals a code of their status", async () => {
    const { client } = setup(Response.json({ message: 'Unauthorized' }, { status: 401 }));

    await expect(client.listOrders({})).rejects.toMatchObject({ status: 401, code: 'HTTP_401' });
  });

  it('refuses a reply that breaks the contract', async () => {
    const { client } = setup(Response.json({ ...product, price: { amount: 14.5, currency: 'USD' } }));

    await expect(client.getProduct({ params: { sku: 'MUG-CANARY' } })).rejects.toThrow(/int/i);
  });
});
