import { lambdaContext } from '@shipline/testing';
import { beforeAll, expect, it, vi } from 'vitest';

beforeAll(() => {
  vi.stubEnv('TABLE_NAME', 'catalog');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

it('wires the release check only where it is told what to check', async () => {
  await expect(import('../../src/functions/check-release.js')).rejects.toThrow(
    /RELEASE_CHECKS must be one of all, read-only.*CHECK_SKU is missing/,
  );

  vi.resetModules();
  vi.stubEnv('RELEASE_CHECKS', 'read-only');
  vi.stubEnv('SHIPLINE_ENVIRONMENT', 'prod');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'catalog');
  vi.stubEnv('CHECK_SKU', 'MUG');
  const { handler } = await import('../../src/functions/check-release.js');

  expect(handler).toBeTypeOf('function');
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
