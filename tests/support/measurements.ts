import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { type MetricName, metricNamespace } from '@shipline/contracts/metrics';
import { outputs } from './environment.js';

const logs = new CloudWatchLogsClient({});

/** A log line in embedded metric format, as far as it is asked for. */
interface MetricLine extends Readonly<Record<string, unknown>> {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

export interface Written {
  readonly name: string;
  readonly value: number;
  /** Besides the service. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Whoever comes first causes one. */
const coldStarts: MetricName = 'ColdStarts';

/** Every measurement that one request has caused so far, of whichever function, as often as it was written. */
export async function measurementsOf(correlationId: string): Promise<Written[]> {
  const groups = Object.values(outputs.functions).map((name) => `/aws/lambda/${name}`);
  const lines = await Promise.all(groups.map((group) => linesWith(correlationId, group)));
  return lines.flat().flatMap((line) => measuredIn(JSON.parse(line) as MetricLine));
}

async function linesWith(correlationId: string, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  const filterPattern = `{ $.correlation_id = "${correlationId}" && $._aws.Timestamp > 0 }`;
  for await (const { events = [] } of paginateFilterLogEvents(
    { client: logs },
    { logGroupName, filterPattern },
  ))
    lines.push(...events.flatMap(({ message }) => message ?? []));
  return lines;
}

const measuredIn = (line: MetricLine): Written[] =>
  (line._aws?.CloudWatchMetrics ?? [])
    .filter(({ Namespace }) => Namespace === metricNamespace)
    .flatMap(({ Metrics, Dimensions: [names = []] }) =>
      Metrics.filter(({ Name }) => Name !== coldStarts).map(({ Name }) => ({
        name: Name,
        value: Number(line[Name]),
        dimensions: Object.fromEntries(
          names.filter((name) => name !== 'service').map((name) => [name, String(line[name])]),
        ),
      })),
    );
