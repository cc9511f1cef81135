import { readdirSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';

const functions = new URL('../../src/functions/', import.meta.url);
const files = readdirSync(functions, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

beforeAll(() => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  for (const name of [
    'TABLE_NAME',
    'EVENT_BUS_NAME',
    'CATALOG_QUOTE_FUNCTION',
    'INVENTORY_RESERVE_FUNCTION',
    'PAYMENTS_LOOK_UP_FUNCTION',
    'STATE_MACHINE_ARN',
    'SHIPLINE_ENVIRONMENT',
    'POWERTOOLS_SERVICE_NAME',
    'CHECK_SKU',
  ])
    vi.stubEnv(name, 'test');
  vi.stubEnv('RELEASE_CHECKS', 'all');
});

it.each(files)('%s wires a handler', async (file) => {
  const { handler } = await import(new URL(file, functions).href);

  expect(handler).toBeTypeOf('function');
});

it('has every function that is deployed', () => {
  expect(files.sort()).toEqual([
    'api.ts',
    'check-release.ts',
    'on-payment-captured.ts',
    'on-payment-refund-failed.ts',
    'on-payment-refunded.ts',
    'on-payment-voided.ts',
    'relay.ts',
    'sweep.ts',
    'tasks/close-order.ts',
    'tasks/park-order.ts',
  ]);
});
