import { type CloudWatchClient, paginateDescribeAlarmHistory } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';

export interface RungAlarm {
  readonly name: string;
  readonly at: number;
  /** What CloudWatch saw. */
  readonly reason: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AlarmHistoryItem.html */
const HistoryData = z.object({ newState: z.object({ stateReason: z._default(z.string(), '') }) });

/**
 * The alarms whose names begin like this that have rung since a moment. Their history outlives them: those of a
 * function's new version are removed with the version that they have found out.
 */
export async function rungAlarms(
  client: CloudWatchClient,
  prefix: string,
  since: Date,
): Promise<RungAlarm[]> {
  const rung: RungAlarm[] = [];
  const pages = paginateDescribeAlarmHistory(
    { client },
    { HistoryItemType: 'StateUpdate', StartDate: since, EndDate: new Date(), ScanBy: 'TimestampAscending' },
  );
  for await (const { AlarmHistoryItems = [] } of pages)
    for (const {
      AlarmName: name = '',
      HistorySummary = '',
      HistoryData: data = '',
      Timestamp,
    } of AlarmHistoryItems)
      if (name.startsWith(prefix) && HistorySummary.endsWith('to ALARM') && Timestamp) {
        const { newState } = HistoryData.parse(JSON.parse(data));
        rung.push({ name, at: Timestamp.getTime(), reason: newState.stateReason });
      }
  return rung;
}
