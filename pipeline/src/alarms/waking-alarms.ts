import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';

export interface WakingAlarm {
  readonly name: string;
  readonly rings: boolean;
  /** What CloudWatch saw. */
  readonly reason: string;
}

/**
 * The alarms that wake somebody. The windows of an objective do not: they have no action, and mean something only
 * where the composite alarm above them rings.
 */
export async function wakingAlarms(client: CloudWatchClient, prefix: string): Promise<WakingAlarm[]> {
  const found: WakingAlarm[] = [];
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: prefix, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages)
    for (const alarm of [...MetricAlarms, ...CompositeAlarms])
      if (alarm.ActionsEnabled !== false && (alarm.AlarmActions ?? []).length > 0)
        found.push({
          name: alarm.AlarmName ?? '',
          rings: alarm.StateValue === 'ALARM',
          reason: alarm.StateReason ?? '',
        });
  return found;
}
