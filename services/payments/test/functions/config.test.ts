import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  for (const name of ['TABLE_NAME', 'GATEWAY_URL', 'GATEWAY_SECRET_ARN', 'EVENT_BUS_NAME'])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const withGateway = /TABLE_NAME is missing; GATEWAY_URL .*; GATEWAY_SECRET_ARN is missing/;
it.each([
  ['api', () => import('../../src/functions/api.js'), withGateway],
  ['authorise', () => import('../../src/functions/tasks/authorise.js'), withGateway],
  ['capture', () => import('../../src/functions/tasks/capture.js'), withGateway],
  ['void-payment', () => import('../../src/functions/tasks/void-payment.js'), withGateway],
  ['look-up', () => import('../../src/functions/tasks/look-up.js'), /TABLE_NAME is missing/],
  ['on-order-cancelling', () => import('../../src/functions/on-order-cancelling.js'), withGateway],
  ['on-order-parked', () => import('../../src/functions/on-order-parked.js'), withGateway],
  ['on-refund-requested', () => import('../../src/functions/on-refund-requested.js'), withGateway],
  ['check-release', () => import('../../src/functions/check-release.js'), /RELEASE_CHECKS must be one of/],
  ['relay', () => import('../../src/functions/relay.js'), /EVENT_BUS_NAME is missing/],
])('%s names the settings that it misses', async (_, load, message) => {
  await expect(load()).rejects.toThrow(message);
});
