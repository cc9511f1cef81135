import { createLogger, type EntryLogger } from '@shipline/lambda-kit/logger';
import type { Reports } from '../ports/reports.js';

/** On the log, at level ERROR, under a message that an alarm can look for. */
export const loggedReports = (logger: EntryLogger = createLogger()): Reports => ({
  mismatch: ({ orderId, intentId, expected, found }) =>
    logger.error('payment_mismatch', { orderId, intentId, expected, found }),
});
