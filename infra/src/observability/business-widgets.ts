import { type MetricName, metrics, metricsOf } from '@shipline/contracts/metrics';
import { Duration } from 'aws-cdk-lib';
import {
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceName } from '../names.js';
import { shopMetric, shopMetricByDimension } from './shop-metric.js';

const period = Duration.minutes(5);
const day = { statistic: 'Sum', period: Duration.days(1) };

/** What a service's own metrics say about the business, a graph each; none where it has no metrics. */
export function businessWidgets(service: ServiceName, region: string): IWidget[][] {
  const names = metricsOf(service);
  if (names.length === 0) return [];
  const graphs = names.map(
    (name) =>
      new GraphWidget({ title: metrics[name].title, region, width: 8, height: 6, left: linesOf(name) }),
  );
  return [...(service === 'orders' ? [headline(region)] : []), ...inRows(graphs, 3)];
}

/** Sums of what is counted, percentiles of what lasts. */
function linesOf(name: MetricName): IMetric[] {
  const contract = metrics[name];
  const statistics = contract.unit === 'Milliseconds' ? ['p50', 'p99'] : ['Sum'];
  return statistics.map((statistic) =>
    'dimension' in contract
      ? shopMetricByDimension(name, contract.dimension, { statistic, period })
      : shopMetric(name as Parameters<typeof shopMetric>[0], { statistic, period }),
  );
}

/**
 * Range and period are the same day, whatever range the dashboard shows: a widget's own range holds for plain metrics and
 * their math, while a search keeps the period that it names.
 */
const lastDay = { start: '-P1D', period: day.period, setPeriodToTimeRange: true };

/** The shop in five numbers of the last day: from carts to money. */
function headline(region: string): IWidget[] {
  const carts = shopMetric('CartsStarted', day);
  const placed = shopMetric('OrdersPlaced', day);
  const confirmed = shopMetric('OrdersConfirmed', day);
  const conversion = new MathExpression({
    expression: '100 * confirmed / carts',
    usingMetrics: { confirmed, carts },
    label: 'Conversion: orders confirmed per 100 carts started',
    period: day.period,
  });
  const revenue = shopMetricByDimension('RevenueMinorUnits', 'currency', day);
  const numbers = (title: string, width: number, metrics: IMetric[]) =>
    new SingleValueWidget({ title, region, width, height: 4, metrics, ...lastDay });
  return [
    numbers('From carts to orders, last day', 12, [carts, placed, confirmed]),
    numbers('Conversion, last day', 6, [conversion]),
    numbers('Revenue in minor units, last day', 6, [revenue]),
  ];
}

export const inRows = <T>(widgets: readonly T[], length: number): T[][] =>
  widgets.length === 0 ? [] : [widgets.slice(0, length), ...inRows(widgets.slice(length), length)];
