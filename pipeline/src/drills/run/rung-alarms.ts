import { type CloudWatchClient, paginateDescribeAlarmHistory } from '@aws-sdk/client-cloudwatch';
import { type EnvironmentName, physicalName } from '@shipline/infra';
import type { DrillTarget } from '../drill.js';
import type { RungAlarm } from '../observation.js';

/**
 * The alarms of a function's new versions that have rung since a moment. Their history outlives them: they are removed
 * with the version that they have found out.
 */
export async function rungAlarms(
  client: CloudWatchClient,
  environment: EnvironmentName,
  { service, functionName }: DrillTarget,
  since: Date,
): Promise<RungAlarm[]> {
  const prefix = `${physicalName(environment, service, functionName)}-new-version-`;
  const rung: RungAlarm[] = [];
  const pages = paginateDescribeAlarmHistory(
    { client },
    { HistoryItemType: 'StateUpdate', StartDate: since, EndDate: new Date(), ScanBy: 'TimestampAscending' },
  );
  for await (const { AlarmHistoryItems = [] } of pages)
    for (const { AlarmName: name = '', HistorySummary = '', Timestamp } of AlarmHistoryItems)
      if (name.startsWith(prefix) && HistorySummary.endsWith('to ALARM') && Timestamp)
        rung.push({ name, at: Timestamp.getTime() });
  return rung;
}
