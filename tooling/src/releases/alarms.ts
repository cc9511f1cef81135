import {
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';

export interface AlarmRow {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly since: number;
  readonly userImpact: string;
  readonly runbook?: string;
  readonly reason: string;
}

/** Every alarm of the environment but mere parts of others, those that ring first, and of these the youngest first. */
export async function readAlarms(client: CloudWatchClient, prefix: string): Promise<AlarmRow[]> {
  const described: { metric: MetricAlarm[]; composite: CompositeAlarm[] } = { metric: [], composite: [] };
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: prefix, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
    described.metric.push(...MetricAlarms);
    described.composite.push(...CompositeAlarms);
  }
  const { metric, composite } = described;
  return [...withoutParts(metric, composite), ...composite]
    .map((alarm) => alarmRow(alarm, prefix))
    .toSorted((a, b) => urgency[a.state] - urgency[b.state] || b.since - a.since);
}

/** One alarm in a composite's rule. */
const inRule = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(([^)]+)\)/g;

/** The name of an alarm that a rule gives with or without quotes, or by its ARN, whose last part is the name. */
const nameIn = (reference: string) =>
  reference
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^arn:.*:alarm:/, '');

/** Leaves out what tells nobody by itself because a composite judges it: one window of a burn rate is no news. */
export function withoutParts(
  alarms: readonly MetricAlarm[],
  composites: readonly CompositeAlarm[],
): MetricAlarm[] {
  const parts = new Set<string | undefined>(
    composites.flatMap(({ AlarmRule = '' }) =>
      [...AlarmRule.matchAll(inRule)].map(([, alarm = '']) => nameIn(alarm)),
    ),
  );
  return alarms.filter(
    ({ AlarmName, AlarmActions = [] }) => AlarmActions.length > 0 || !parts.has(AlarmName),
  );
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
