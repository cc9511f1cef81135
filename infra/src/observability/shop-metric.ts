import { type MetricName, metricNamespace, metrics } from '@shipline/contracts/metrics';
import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceName } from '../names.js';

/** Metrics whose only dimension is the service. */
export type PlainMetric = {
  [N in MetricName]: (typeof metrics)[N] extends { dimension: string } ? never : N;
}[MetricName];

export interface ShopMetricOptions {
  readonly statistic: string;
  readonly period: Duration;
  /** Absent: the service that the metric belongs to. */
  readonly service?: ServiceName;
}

/** A metric of the shop's own as it is stored: by service. */
export function shopMetric(name: PlainMetric, { statistic, period, service }: ShopMetricOptions): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { service: service ?? metrics[name].service },
    statistic,
    period,
    label: metrics[name].title,
  });
}

/** Every value of a metric's dimension as a line of its own, found when somebody looks. */
export function shopMetricByDimension(
  name: MetricName,
  dimension: string,
  { statistic, period }: ShopMetricOptions,
): IMetric {
  const schema = `{${metricNamespace},service,${dimension}}`;
  return search(
    `${schema} MetricName="${name}" service="${metrics[name].service}"`,
    `\${PROP('Dim.${dimension}')} ${statistic}`,
    { statistic, period },
  );
}

/** The metrics that a search finds. */
export const search = (
  query: string,
  label: string,
  { statistic, period }: ShopMetricOptions,
): MathExpression =>
  new MathExpression({
    expression: `SEARCH('${query}', '${statistic}', ${period.toSeconds()})`,
    usingMetrics: {},
    label,
    period,
  });
