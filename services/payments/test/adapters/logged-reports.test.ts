import { recordingLogger } from '@shipline/testing';
import { expect, it } from 'vitest';
import { loggedReports } from '../../src/adapters/logged-reports.js';
import { orderId, total, usd } from '../builders.js';

it('reports a mismatch as an error under its stable name', () => {
  const logger = recordingLogger();
  const about = { orderId, intentId: 'pi_1', expected: total, found: usd(1) };

  loggedReports(() => logger).mismatch(about);

  expect(logger.lines).toEqual([{ level: 'error', message: 'payment_mismatch', ...about }]);
});
