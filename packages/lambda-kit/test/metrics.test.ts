import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCustomersMeasure, createMeasure } from '../src/metrics.js';
import { inScope } from '../src/scope.js';

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  // Powertools then writes to the console that is spied on, and would write nothing if it were not told to.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'parcels');
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const written = () => lines.map((line) => JSON.parse(line));

it('writes each measurement at once, by its service and its own dimensions only', () => {
  const measure = createMeasure();

  measure({ name: 'OrdersRefused', value: 1, dimensions: { reason: 'card_declined' } });
  measure({ name: 'OrdersLate', value: 0 });

  expect(written()).toMatchObject([
    {
      service: 'parcels',
      reason: 'card_declined',
      OrdersRefused: 1,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Shipline',
            Dimensions: [['service', 'reason']],
            Metrics: [{ Name: 'OrdersRefused', Unit: 'Count' }],
          },
        ],
      },
    },
    {
      OrdersLate: 0,
      _aws: {
        CloudWatchMetrics: [{ Dimensions: [['service']], Metrics: [{ Name: 'OrdersLate', Unit: 'Count' }] }],
      },
    },
  ]);
  expect(written()[1]).not.toHaveProperty('reason');
});

it('is silent about what a release check does, where customers only are asked for', () => {
  const measure = createCustomersMeasure();
  const handling = (correlationId: string) =>
    inScope({ correlationId, annotations: {}, remainingMs: () => 1_000 }, () =>
      measure({ name: 'CartsStarted', value: 1 }),
    );

  handling('synthetic-d-ABC123');
  expect(written()).toEqual([]);
  handling('customer-1');
  expect(written()).toMatchObject([{ CartsStarted: 1 }]);
});

it('says what caused a measurement, and makes no dimension of it', () => {
  const measure = createMeasure();

  inScope({ correlationId: 'customer-1', annotations: {}, remainingMs: () => 1_000 }, () =>
    measure({ name: 'OrdersPlaced', value: 1 }),
  );

  expect(written()).toMatchObject([
    { correlation_id: 'customer-1', _aws: { CloudWatchMetrics: [{ Dimensions: [['service']] }] } },
  ]);
});
