import { Metrics } from '@aws-lambda-powertools/metrics';

/** What the entries need: they publish what was counted at the end of each invocation. */
export interface EntryMetrics {
  publishStoredMetrics(): unknown;
}

/**
 * Business metrics in embedded metric format; namespace and service come from POWERTOOLS_METRICS_NAMESPACE and
 * POWERTOOLS_SERVICE_NAME. Give the same object to the function's entry, which publishes it.
 */
export const createMetrics = (): Metrics => new Metrics();
