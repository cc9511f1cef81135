import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Moment } from '../observation.js';

/** When the fault that a drill put into a function was met: it leaves a log line each time. */
export async function injectedFaults(
  client: CloudWatchLogsClient,
  functionName: string,
  startTime: Moment,
): Promise<Moment[]> {
  const found: Moment[] = [];
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName: `/aws/lambda/${functionName}`,
      filterPattern: '{ $.message = "injected fault" }',
      startTime,
    },
  );
  try {
    for await (const { events = [] } of pages)
      found.push(...events.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp])));
  } catch (error) {
    // A function that never ran has no log.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return found.toSorted((a, b) => a - b);
}
