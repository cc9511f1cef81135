import { readdirSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';

const functions = new URL('../../src/functions/', import.meta.url);
const files = readdirSync(functions, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

beforeAll(() => {
  vi.stubEnv('TABLE_NAME', 'inventory');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('RELEASE_CHECKS', 'all');
  vi.stubEnv('SHIPLINE_ENVIRONMENT', 'dev');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'inventory');
  vi.stubEnv('CHECK_SKU', 'MUG');
});

it.each(files)('%s wires a handler', async (file) => {
  const { handler } = await import(new URL(file, functions).href);

  expect(handler).toBeTypeOf('function');
});

it('has every function that is deployed', () => {
  expect(files.sort()).toEqual([
    'api.ts',
    'check-release.ts',
    'expire-reservations.ts',
    'on-order-cancel-requested.ts',
    'on-order-cancelled.ts',
    'on-order-refused.ts',
    'tasks/commit-stock.ts',
    'tasks/release-stock.ts',
    'tasks/reserve.ts',
  ]);
});
