import { lambdaContext } from '@shipline/testing';
import { beforeAll, expect, it, vi } from 'vitest';

beforeAll(() => {
  vi.stubEnv('TABLE_NAME', 'catalog');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

it('wires the API', async () => {
  const { handler } = await import('../../src/functions/api.js');

  expect(handler).toBeTypeOf('function');
});

it.each([
  ['no lines', { lines: [] }],
  ['a price', { lines: [{ sku: 'MUG', quantity: 1, price: 1 }] }],
  ['a negative quantity', { lines: [{ sku: 'MUG', quantity: -1 }] }],
  ['nothing', undefined],
])('wires the quote, which refuses %s as a fault of the caller', async (_, input) => {
  const { handler } = await import('../../src/functions/tasks/quote.js');

  await expect(handler(input, lambdaContext())).rejects.toThrow(
    expect.objectContaining({ name: 'InvalidInput' }),
  );
});
