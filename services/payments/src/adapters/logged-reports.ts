import { createLogger, type EntryLogger } from '@shipline/lambda-kit/logger';
import type { Reports } from '../ports/reports.js';

/**
 * On the log, at level ERROR, under a message that an alarm can look for. The logger is made when it is needed:
 * that is hardly ever, and a function's start should not pay for it.
 */
export const loggedReports = (logger: () => Pick<EntryLogger, 'error'> = createLogger): Reports => ({
  mismatch: ({ orderId, intentId, expected, found }) =>
    logger().error('payment_mismatch', { orderId, intentId, expected, found }),
});
