import { lambdaContext, recordingLogger } from '@shipline/testing';
import { afterEach, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { createLogger } from '../src/logger.js';
import { taskEntry } from '../src/task-entry.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function setup() {
  const logger = recordingLogger();
  return { logger, handler: taskEntry(z.object({}), async () => 'done', { logger }) };
}

it('counts the first invocation of an environment, also one that fails, and no other', async () => {
  const { handler, logger } = setup();

  await expect(handler('no object', lambdaContext())).rejects.toThrow();
  await handler({}, lambdaContext());

  expect(logger.lines).toMatchObject([{ level: 'error', ColdStarts: 1 }, { level: 'info' }]);
  expect(logger.lines[1]).not.toHaveProperty('ColdStarts');
});

it('counts no environment that was started before anybody waited', async () => {
  vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'provisioned-concurrency');
  const { handler, logger } = setup();

  await handler({}, lambdaContext());

  expect(logger.lines).toEqual([{ level: 'info', message: 'task', ms: expect.any(Number) }]);
});

it('makes the line a metric of its service, which the line names', async () => {
  const lines: string[] = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'parcels');
  vi.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line));

  await taskEntry(z.object({}), async () => 'done', { logger: createLogger() })({}, lambdaContext());

  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      message: 'task',
      service: 'parcels',
      ColdStarts: 1,
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Shipline',
            Dimensions: [['service']],
            Metrics: [{ Name: 'ColdStarts', Unit: 'Count' }],
          },
        ],
      },
    },
  ]);
});
