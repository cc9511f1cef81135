import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AnsweredRequest, SentRequest } from '../observation.js';

export interface AskedLogs {
  readonly client: CloudWatchLogsClient;
  readonly functionName: string;
  /** Begins the correlation id of each request. */
  readonly prefix: string;
  readonly from: number;
}

/** Logs may come late, on AWS by some seconds; then what is not told stays unknown. */
const PATIENCE_MS = 20_000;

/** Finds which version answered each request, by the log line that every invocation leaves. */
export async function answeredBy(
  logs: AskedLogs,
  requests: readonly SentRequest[],
): Promise<AnsweredRequest[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let versions = await versionsOf(logs);
  // Who got no answer may never have met a function.
  const missing = () => requests.some(({ id, status }) => status > 0 && !versions.has(id));
  while (missing() && performance.now() < deadline) {
    await sleep(500);
    versions = await versionsOf(logs);
  }
  return requests.map((request) => ({ ...request, version: versions.get(request.id) }));
}

async function versionsOf({ client, functionName, prefix, from }: AskedLogs): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName: `/aws/lambda/${functionName}`,
      filterPattern: `{ $.correlation_id = "${prefix}*" }`,
      startTime: from,
    },
  );
  try {
    for await (const { events = [] } of pages)
      for (const { message = '{}' } of events) {
        const { correlation_id: id, function_version: version } = JSON.parse(message) as {
          correlation_id?: string;
          function_version?: string;
        };
        if (id !== undefined && version !== undefined) versions.set(id, version);
      }
  } catch (error) {
    // A function that never ran has no log.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return versions;
}
