import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type EnvironmentName, physicalName } from '@shipline/infra';
import { rungAlarms } from '@shipline/tooling/releases/rung-alarms';
import type { DrillTarget } from '../drill.js';

/** The alarms of a function's new versions that have rung since a moment. */
export const rungAlarmsOf = (
  client: CloudWatchClient,
  environment: EnvironmentName,
  { service, functionName }: DrillTarget,
  since: Date,
) => rungAlarms(client, `${physicalName(environment, service, functionName)}-new-version-`, since);
