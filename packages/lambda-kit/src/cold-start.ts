import { type MetricName, metricNamespace } from '@shipline/contracts/metrics';
import { systemClock } from './clock.js';

const metric: MetricName = 'ColdStarts';

/**
 * Fields that make the log line of an environment's first invocation a metric as well (embedded metric format, by the
 * line's own `service`), and nothing for the others: no more lines, and no library at the start. An environment of
 * provisioned concurrency started before anybody waited for it.
 */
export function coldStartFields(): () => Readonly<Record<string, unknown>> {
  let cold = process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== 'provisioned-concurrency';
  return () => {
    if (!cold) return {};
    cold = false;
    return {
      [metric]: 1,
      _aws: {
        Timestamp: systemClock().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [['service']],
            Metrics: [{ Name: metric, Unit: 'Count' }],
          },
        ],
      },
    };
  };
}
