import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';

export interface AlarmRow {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly since: number;
  readonly userImpact: string;
  readonly runbook?: string;
  readonly reason: string;
}

/** Every alarm of the environment, those that ring first, and of these the youngest first. */
export async function readAlarms(client: CloudWatchClient, prefix: string): Promise<AlarmRow[]> {
  const rows: AlarmRow[] = [];
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: prefix, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages)
    rows.push(...[...MetricAlarms, ...CompositeAlarms].map((alarm) => alarmRow(alarm, prefix)));
  return rows.toSorted((a, b) => urgency[a.state] - urgency[b.state] || b.since - a.since);
}

const urgency = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;

type DescribedAlarm = Pick<
  MetricAlarm,
  | 'AlarmName'
  | 'AlarmDescription'
  | 'StateValue'
  | 'StateReason'
  | 'StateUpdatedTimestamp'
  | 'StateTransitionedTimestamp'
>;

/** The description ends with its runbook: `ServiceAlarm` in `infra` writes both. */
const withRunbook = /^(.*) Runbook: (\S+)$/s;

export function alarmRow(alarm: DescribedAlarm, prefix: string): AlarmRow {
  const { AlarmName = '', AlarmDescription = '', StateValue = 'INSUFFICIENT_DATA', StateReason = '' } = alarm;
  const [, userImpact = AlarmDescription, runbook] = withRunbook.exec(AlarmDescription) ?? [];
  return {
    name: AlarmName.replace(prefix, ''),
    state: StateValue,
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? 0,
    userImpact,
    ...(runbook && { runbook }),
    reason: StateReason,
  };
}
