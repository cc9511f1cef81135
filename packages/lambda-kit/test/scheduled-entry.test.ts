import { lambdaContext, recordingLogger } from '@shipline/testing';
import { expect, it } from 'vitest';
import { scheduledEntry } from '../src/scheduled-entry.js';
import { ofAColdStart } from './builders.js';

it('logs what was done, in one line', async () => {
  const logger = recordingLogger();
  await scheduledEntry(async () => ({ expired: 3 }), { logger })({}, lambdaContext());

  expect(logger.lines).toEqual([
    { ...ofAColdStart, level: 'info', message: 'schedule', expired: 3, ms: expect.any(Number) },
  ]);
});

it('needs nothing to tell', async () => {
  const logger = recordingLogger();

  expect(await scheduledEntry(async () => {}, { logger })({}, lambdaContext())).toBeUndefined();
  expect(logger.lines).toHaveLength(1);
});
