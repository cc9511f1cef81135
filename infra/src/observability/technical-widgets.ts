import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IMetric, type IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceName } from '../names.js';
import { search, shopMetric } from './shop-metric.js';

/** What a service runs on, by the names that CloudWatch has for it. */
export interface ServiceParts {
  readonly service: ServiceName;
  readonly region: string;
  /** Physical name by the function's own name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Functions whose new versions take over by and by. */
  readonly shifting: readonly string[];
  readonly apiId?: string | undefined;
  readonly queues: readonly string[];
  readonly deadLetterQueues: readonly string[];
  readonly tableName: string;
  readonly stateMachineArn?: string | undefined;
}

const period = Duration.minutes(1);
type Line = readonly [namespace: string, metricName: string, statistic: string];

const metric = (
  [namespace, metricName, statistic]: Line,
  dimensionsMap: Record<string, string>,
  label?: string,
): Metric =>
  new Metric({
    namespace,
    metricName,
    statistic,
    period,
    dimensionsMap,
    label: label ?? `${metricName} ${statistic}`,
  });

/** How a service does: its API, functions, queues and table, a row each. */
export function technicalWidgets(parts: ServiceParts): IWidget[][] {
  const graph = (title: string, left: readonly IMetric[]) =>
    new GraphWidget({ title, region: parts.region, width: 8, height: 6, left: [...left] });
  return [
    [...apiGraphs(parts, graph), coldStarts(parts, graph)],
    ...functionGraphs(parts, graph),
    queueGraphs(parts, graph),
    tableGraphs(parts, graph),
    machineGraphs(parts, graph),
  ].filter(({ length }) => length > 0);
}

type Graph = (title: string, left: readonly IMetric[]) => GraphWidget;

function apiGraphs({ apiId }: ServiceParts, graph: Graph): IWidget[] {
  if (apiId === undefined) return [];
  const of = (name: string, statistic: string) =>
    metric(['AWS/ApiGateway', name, statistic], { ApiId: apiId });
  return [
    graph('Requests, and how they failed', [of('Count', 'Sum'), of('4xx', 'Sum'), of('5xx', 'Sum')]),
    graph('Latency of requests', [of('Latency', 'p50'), of('Latency', 'p99')]),
  ];
}

const coldStarts = ({ service }: ServiceParts, graph: Graph): IWidget =>
  graph('Cold starts', [shopMetric('ColdStarts', { statistic: 'Sum', period, service })]);

function functionGraphs({ functions, shifting }: ServiceParts, graph: Graph): IWidget[][] {
  const each = (name: string, statistic: string) =>
    Object.entries(functions).map(([label, FunctionName]) =>
      metric(['AWS/Lambda', name, statistic], { FunctionName }, label),
    );
  const versions = shifting.flatMap((name) => versionsOf(functions[name] ?? name));
  return [
    [
      graph('Invocations', each('Invocations', 'Sum')),
      graph('Errors', each('Errors', 'Sum')),
      graph('Throttles', each('Throttles', 'Sum')),
    ],
    [
      graph('Duration, p50', each('Duration', 'p50')),
      graph('Duration, p99', each('Duration', 'p99')),
      graph('Concurrency', each('ConcurrentExecutions', 'Maximum')),
    ],
    versions.length > 0 ? [graph('Invocations of `live` by version', versions)] : [],
  ];
}

/**
 * Which version answers callers of `live`: one line for each while a release shifts. Between releases there may be none:
 * AWS documents `ExecutedVersion` for the versions of an alias with weights only.
 */
const versionsOf = (functionName: string): IMetric[] => [
  search(
    `{AWS/Lambda,FunctionName,Resource,ExecutedVersion} MetricName="Invocations" Resource="${functionName}:live"`,
    `\${PROP('Dim.FunctionName')} \${PROP('Dim.ExecutedVersion')}`,
    { statistic: 'Sum', period },
  ),
];

function queueGraphs({ queues, deadLetterQueues }: ServiceParts, graph: Graph): IWidget[] {
  const each = (names: readonly string[], name: string) =>
    names.map((QueueName) => metric(['AWS/SQS', name, 'Maximum'], { QueueName }, QueueName));
  return [
    ...(queues.length > 0
      ? [
          graph('Messages that wait', each(queues, 'ApproximateNumberOfMessagesVisible')),
          graph('Age of the oldest message, in seconds', each(queues, 'ApproximateAgeOfOldestMessage')),
        ]
      : []),
    ...(deadLetterQueues.length > 0
      ? [graph('Dead letters', each(deadLetterQueues, 'ApproximateNumberOfMessagesVisible'))]
      : []),
  ];
}

function tableGraphs({ tableName: TableName }: ServiceParts, graph: Graph): IWidget[] {
  const of = (name: string) => metric(['AWS/DynamoDB', name, 'Sum'], { TableName });
  const latency = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems'].map((Operation) =>
    metric(['AWS/DynamoDB', 'SuccessfulRequestLatency', 'p99'], { TableName, Operation }, `${Operation} p99`),
  );
  return [
    graph('Table: throttled', [of('ReadThrottleEvents'), of('WriteThrottleEvents')]),
    graph('Table: latency', latency),
    graph('Table: consumed', [of('ConsumedReadCapacityUnits'), of('ConsumedWriteCapacityUnits')]),
  ];
}

function machineGraphs({ stateMachineArn: StateMachineArn }: ServiceParts, graph: Graph): IWidget[] {
  if (StateMachineArn === undefined) return [];
  const of = (name: string, statistic: string) =>
    metric(['AWS/States', name, statistic], { StateMachineArn });
  const counted = ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut'];
  return [
    graph(
      'Checkouts',
      counted.map((name) => of(name, 'Sum')),
    ),
    graph('Duration of checkouts', [of('ExecutionTime', 'p50'), of('ExecutionTime', 'p99')]),
  ];
}
