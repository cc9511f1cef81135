import { orderConfirmed } from '@shipline/contracts/events';
import { anEnvelope, lambdaContext, sqsEvent } from '@shipline/testing';
import { beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('TABLE_NAME', 'cart');
  vi.stubEnv('CATALOG_QUOTE_FUNCTION', 'quote');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

it('wires the API', async () => {
  const { handler } = await import('../../src/functions/api.js');

  expect(handler).toBeTypeOf('function');
});

it('wires the API only where catalog is known', async () => {
  vi.stubEnv('CATALOG_QUOTE_FUNCTION', '');

  await expect(import('../../src/functions/api.js')).rejects.toThrow('CATALOG_QUOTE_FUNCTION');
});

it('wires the release check only where it is told what to check', async () => {
  await expect(import('../../src/functions/check-release.js')).rejects.toThrow('CHECK_SKU is missing');

  vi.resetModules();
  vi.stubEnv('RELEASE_CHECKS', 'all');
  vi.stubEnv('SHIPLINE_ENVIRONMENT', 'dev');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'cart');
  vi.stubEnv('CHECK_SKU', 'MUG');
  const { handler } = await import('../../src/functions/check-release.js');

  expect(handler).toBeTypeOf('function');
});

it('wires the consumer, which has nothing to empty for an order that came from no cart', async () => {
  const { handler } = await import('../../src/functions/on-order-confirmed.js');
  const { cartVersion: _, ...data } = orderConfirmed.example as { cartVersion: number };
  const event = sqsEvent(anEnvelope(orderConfirmed, { data: data as typeof orderConfirmed.example }));

  expect(await handler(event, lambdaContext())).toEqual({ batchItemFailures: [] });
});
