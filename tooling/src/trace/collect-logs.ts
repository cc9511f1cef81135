import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine, Period } from './order-way.js';

/** CloudWatch Logs allows few searches a second. */
const AT_ONCE = 4;

/** The log lines of these functions in which the order's id stands. A function that never ran has no log. */
export async function collectLogs(
  client: CloudWatchLogsClient,
  functionNames: readonly string[],
  orderId: string,
  period: Period,
): Promise<LogLine[]> {
  const waiting = [...functionNames];
  const lines: LogLine[] = [];
  const searchUntilDone = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
      lines.push(...(await searchLog(client, name, orderId, period)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, searchUntilDone));
  return lines;
}

async function searchLog(
  client: CloudWatchLogsClient,
  functionName: string,
  orderId: string,
  { from, to }: Period,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName: `/aws/lambda/${functionName}`,
      filterPattern: `"${orderId}"`,
      startTime: from,
      endTime: to,
    },
  );
  try {
    for await (const { events = [] } of pages)
      for (const { timestamp = 0, message = '' } of events)
        lines.push({ at: timestamp, functionName, text: message.trimEnd() });
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return lines;
}
