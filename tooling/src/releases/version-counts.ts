import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { LambdaFunctionInfo } from '@aws-sdk/client-codedeploy';
import type { Counts } from './deployment-row.js';

export interface VersionCounts {
  readonly old: Counts;
  readonly new: Counts;
}

const measured = [
  { id: 'oldRequests', metric: 'Invocations', version: 'currentVersion' },
  { id: 'oldErrors', metric: 'Errors', version: 'currentVersion' },
  { id: 'newRequests', metric: 'Invocations', version: 'targetVersion' },
  { id: 'newErrors', metric: 'Errors', version: 'targetVersion' },
] as const;

/**
 * What the alias sent to either version since `since`, and what failed.
 * @param period Seconds: Lambda reports each minute on AWS.
 */
export async function readVersionCounts(
  client: CloudWatchClient,
  info: LambdaFunctionInfo,
  { since, until, period }: { readonly since: number; readonly until: number; readonly period: number },
): Promise<VersionCounts> {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: measured.map(({ id, metric, version }) => ({
        Id: id,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Lambda',
            MetricName: metric,
            Dimensions: dimensions(info, info[version]),
          },
          Period: period,
          Stat: 'Sum',
        },
      })),
      // Whole periods: what is asked for in the middle of one is not answered.
      StartTime: new Date(Math.floor(since / period / 1000) * period * 1000),
      // It may have begun after whoever asks has looked at the clock.
      EndTime: new Date(Math.max(since, until) + period * 1000),
    }),
  );
  return countsFrom(MetricDataResults);
}

const dimensions = ({ functionName = '', functionAlias }: LambdaFunctionInfo, version = '') => [
  { Name: 'FunctionName', Value: functionName },
  { Name: 'Resource', Value: `${functionName}:${functionAlias}` },
  { Name: 'ExecutedVersion', Value: version },
];

export function countsFrom(results: readonly MetricDataResult[]): VersionCounts {
  const total = (id: (typeof measured)[number]['id']) =>
    (results.find((result) => result.Id === id)?.Values ?? []).reduce((sum, value) => sum + value, 0);
  return {
    old: { requests: total('oldRequests'), errors: total('oldErrors') },
    new: { requests: total('newRequests'), errors: total('newErrors') },
  };
}
