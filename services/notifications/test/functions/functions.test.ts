import { beforeEach, expect, it, vi } from 'vitest';

const names = ['on-order-confirmed', 'on-order-refused', 'on-order-cancelled'];

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('TABLE_NAME', 'notifications');
  vi.stubEnv('USER_POOL_ID', 'us-east-1_pool');
  vi.stubEnv('SENDER_ADDRESS', 'receipts@shipline.example');
  vi.stubEnv('SHOP_URL', 'http://localhost:4567');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

it.each(names)('%s wires a handler', async (name) => {
  const { handler } = await import(`../../src/functions/${name}.ts`);

  expect(handler).toBeTypeOf('function');
});

it.each([
  ['SHOP_URL', 'http://localhost:4567/'],
  ['SENDER_ADDRESS', 'nobody'],
  ['USER_POOL_ID', ''],
])('starts with a sentence that names %s where it is wrong', async (variable, value) => {
  vi.stubEnv(variable, value);

  await expect(import('../../src/functions/on-order-confirmed.js')).rejects.toThrow(variable);
});
