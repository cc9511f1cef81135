import { OrderId } from '@shipline/contracts';
import { encodeCursor } from '@shipline/lambda-kit/cursor';
import { describe, expect, it } from 'vitest';
import { anOrder, customerId, later, now, orderId } from '../builders.js';
import { setup } from '../shop.js';

const ids = [...'01234'].map((digit) => OrderId.parse(`${orderId.slice(0, -1)}${digit}`));

function withOrders() {
  const shop = setup();
  for (const [index, id] of ids.entries()) shop.orders.store(anOrder({ id }, later(index)));
  return shop;
}

describe('listing orders', () => {
  it('goes from page to page by the cursor', async () => {
    const { listOrders } = withOrders();

    const first = await listOrders({ customerId, limit: 3 });
    const second = await listOrders({ customerId, limit: 3, cursor: first.nextCursor });

    expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeUndefined();
  });

  it('shows a stranger with somebody’s cursor nothing of theirs', async () => {
    const { listOrders } = withOrders();
    const { nextCursor } = await listOrders({ customerId, limit: 1 });

    expect(await listOrders({ customerId: 'stranger', cursor: nextCursor })).toEqual({ orders: [] });
  });

  it.each([
    ['no base64', '§§§'],
    ['no JSON', btoa('{')],
    ['no position', btoa('{}')],
    ['a foreign order id', btoa(JSON.stringify({ orderId: 'x', createdAt: now.toISOString() }))],
    ['more than a position', `${encodeCursor({ orderId, createdAt: now.toISOString() })}!`],
  ])('refuses a cursor that is %s', async (_, cursor) => {
    await expect(withOrders().listOrders({ customerId, cursor })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});
