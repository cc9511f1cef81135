import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMeasure } from '../src/metrics.js';

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  // Powertools then writes to the console that is spied on, and would write nothing if it were not told to.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Shipline');
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

  measure({ name: 'ParcelsLost', value: 1, unit: 'Count', dimensions: { reason: 'storm' } });
  measure({ name: 'Postage', value: 250, unit: 'None' });

  expect(written()).toMatchObject([
    {
      service: 'parcels',
      reason: 'storm',
      ParcelsLost: 1,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Shipline',
            Dimensions: [['service', 'reason']],
            Metrics: [{ Name: 'ParcelsLost', Unit: 'Count' }],
          },
        ],
      },
    },
    {
      Postage: 250,
      _aws: {
        CloudWatchMetrics: [{ Dimensions: [['service']], Metrics: [{ Name: 'Postage', Unit: 'None' }] }],
      },
    },
  ]);
  expect(written()[1]).not.toHaveProperty('reason');
});
