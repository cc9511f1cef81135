import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueRow } from '../snapshot.js';

type Attributes = Readonly<Partial<Record<string, string>>>;

/** GetMetricData takes at most this many at a time. */
const MOST_METRICS = 500;
/** SQS reports each minute, and late. */
const LOOK_BACK_MS = 5 * 60_000;

/**
 * Depth from SQS, age from CloudWatch, by name.
 * @param urls By name below the environment: `orders-on-payment-captured`.
 */
export async function readQueues(
  { sqs, cloudWatch }: { readonly sqs: SQSClient; readonly cloudWatch: CloudWatchClient },
  urls: Readonly<Record<string, string>>,
  now: number,
): Promise<QueueRow[]> {
  const names = Object.keys(urls);
  const [attributes, ages] = await Promise.all([
    Promise.all(names.map((name) => attributesOf(sqs, urls[name]))),
    readAges(cloudWatch, Object.values(urls), now),
  ]);
  return names
    .map((name, index) => queueRow(name, attributes[index] ?? {}, ages[index]))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

async function attributesOf(sqs: SQSClient, QueueUrl: string | undefined): Promise<Attributes> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Attributes;
}

/** In the order of the URLs: the last value that was measured. */
async function readAges(client: CloudWatchClient, urls: readonly string[], now: number) {
  const queries = urls.slice(0, MOST_METRICS).map((url, index) => ({
    Id: `q${index}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: url.split('/').at(-1) ?? '' }],
      },
      Period: 60,
      Stat: 'Maximum',
    },
  }));
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: queries,
      StartTime: new Date(now - LOOK_BACK_MS),
      EndTime: new Date(now),
      ScanBy: 'TimestampDescending',
    }),
  );
  const newest = new Map(MetricDataResults.map(({ Id, Values }: MetricDataResult) => [Id, Values?.[0]]));
  return queries.map(({ Id }) => newest.get(Id));
}

export function queueRow(name: string, attributes: Attributes, ageSeconds: number | undefined): QueueRow {
  const waiting = Number(attributes['ApproximateNumberOfMessages'] ?? 0);
  return {
    name,
    deadLetters: /-(dead-letters|undelivered)$/.test(name),
    waiting,
    inFlight: Number(attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    // An empty queue has no oldest message, whatever was measured a minute ago.
    ...(waiting > 0 && ageSeconds !== undefined && { ageSeconds }),
  };
}
