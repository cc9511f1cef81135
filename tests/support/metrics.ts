import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { type MetricName, metricNamespace, metrics } from '@shipline/contracts/metrics';

export const cloudWatch = new CloudWatchClient({});

/** One statistic of a metric since a moment, by default over the last hour; 0 where nothing was measured. */
export async function measured(
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: 'Sum' | 'SampleCount' | 'Maximum' = 'Sum',
  since = new Date(Date.now() - 3_600_000),
): Promise<number> {
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: since,
      EndTime: new Date(Date.now() + 60_000),
      Period: 60,
      Statistics: [statistic],
    }),
  );
  const values = Datapoints.map((point) => point[statistic] ?? 0);
  return statistic === 'Maximum' ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
}

/** One of the shop's own metrics, of the service that its contract names. */
export const shopMeasured = (
  name: MetricName,
  dimensions: Readonly<Record<string, string>> = {},
  statistic?: 'Sum' | 'SampleCount' | 'Maximum',
  since?: Date,
): Promise<number> =>
  measured(metricNamespace, name, { service: metrics[name].service, ...dimensions }, statistic, since);
