import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metrics as contracts, metricNamespace } from '@shipline/contracts/metrics';
import { correlationId, saysSynthetic } from './correlation-id.js';
import type { Measure } from './measurement.js';
import { currentScope } from './scope.js';

const units = {
  Count: MetricUnit.Count,
  Milliseconds: MetricUnit.Milliseconds,
  None: MetricUnit.NoUnit,
} as const;

/**
 * Writes each measurement as a log line in embedded metric format, at once: a batch is about several orders, and what
 * is true stays true when the invocation fails later. The service comes from POWERTOOLS_SERVICE_NAME; the correlation id
 * is beside the metric and no dimension of it: it leads from a number to its order. Its import costs 7 ms of a cold start:
 * only for functions that measure.
 */
export function createMeasure(): Measure {
  const metrics = new Metrics({ namespace: metricNamespace });
  return ({ name, value, dimensions = {} }) => {
    const single = metrics.singleMetric();
    const scope = currentScope();
    if (scope) single.addMetadata('correlation_id', scope.correlationId);
    for (const [key, text] of Object.entries(dimensions)) single.addDimension(key, text);
    single.addMetric(name, units[contracts[name].unit], value);
  };
}

/**
 * The same, and silent about what a release check does. A check is told by its correlation id, which a customer could
 * imitate: where that would hide money, ask for the customer instead.
 */
export function createCustomersMeasure(measure: Measure = createMeasure()): Measure {
  return (measurement) => {
    if (!saysSynthetic(correlationId())) measure(measurement);
  };
}
