import { readdirSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';

const functions = new URL('../../src/functions/', import.meta.url);
const files = readdirSync(functions);

beforeAll(async () => {
  // The API carries along what browsers get.
  await import(new URL('../../src/browser/build.ts', import.meta.url).href);
  vi.stubEnv('TABLE_NAME', 'payment-sandbox');
  vi.stubEnv('MERCHANT_SECRET_ARN', 'arn:aws:secretsmanager:us-east-1:100000000001:secret:gateway');
  vi.stubEnv('ALLOWED_WEBHOOK_HOSTS', ',localhost');
  vi.stubEnv('DELIVERIES_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/100000000001/deliveries');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('RELEASE_CHECKS', 'all');
  vi.stubEnv('SHIPLINE_ENVIRONMENT', 'dev');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'payment-sandbox');
});

it.each(files)('%s wires a handler', async (file) => {
  const { handler } = await import(new URL(file, functions).href);

  expect(handler).toBeTypeOf('function');
});

it('has every function that is deployed', () => {
  expect(files.sort()).toEqual([
    'api.ts',
    'check-release.ts',
    'deliver-webhook.ts',
    'queue-webhooks.ts',
    'settle-refund.ts',
  ]);
});
