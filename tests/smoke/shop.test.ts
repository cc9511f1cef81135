import { describe, expect, it } from 'vitest';
import { guestShop } from '../support/customer.js';
import { outputs } from '../support/environment.js';

/** Read-only, and a quote through a guest's cart: safe in prod, where nothing may be bought. */
describe('the shop', () => {
  it('serves the storefront and its configuration', async () => {
    const page = await fetch(outputs.storefrontUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');

    const config = (await (await fetch(`${outputs.storefrontUrl}/config.json`)).json()) as object;
    expect(config).toMatchObject({ environment: outputs.environment, userPoolId: outputs.userPoolId });
  });

  it('serves a page of the storefront at every path of it', async () => {
    const page = await fetch(`${outputs.storefrontUrl}/orders/anything`);

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('publishes its OpenAPI document', async () => {
    const document = (await (await fetch(outputs.openApiUrl)).json()) as { openapi: string; paths: object };

    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/orders');
  });

  it('lists products that are stocked and can be priced', async () => {
    const { items } = await guestShop.listProducts({ query: { limit: 5 } });
    const [first] = items;
    if (!first) throw new Error('The shop sells nothing.');

    const stock = await guestShop.getAvailability({ query: { skus: first.sku } });
    expect(stock.items).toHaveLength(1);

    const { token } = await guestShop.createGuestCart();
    const cart = await guestShop.putGuestCartItem({
      params: { token, sku: first.sku },
      body: { quantity: 2 },
    });
    expect(cart.total.amount).toBe(2 * first.price.amount);
  });

  it('lets nobody see orders without signing in', async () => {
    await expect(guestShop.listOrders({})).rejects.toMatchObject({ status: 401 });
  });
});
