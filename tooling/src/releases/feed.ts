import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { type EnvironmentName, physicalName } from '@shipline/infra';
import { cloudHealth } from '@shipline/local-cloud';
import { readAlarms } from './alarms.js';
import { DeploymentReader } from './deployments.js';
import type { WatchedRelease } from './table.js';
import type { ReleaseFeed } from './watch.js';

export interface ReleaseClients {
  readonly codeDeploy: CodeDeployClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
}

export const releaseClients = (): ReleaseClients => ({
  codeDeploy: new CodeDeployClient({}),
  cloudWatch: new CloudWatchClient({}),
  logs: new CloudWatchLogsClient({}),
});

const SECONDS_PER_MINUTE = 60;

/**
 * The releases of an environment since a moment.
 * @param local On the laptop a minute may be short; AWS measures by the minute and has limits, so it is asked seldom.
 */
export function releaseFeed(
  clients: ReleaseClients,
  environment: EnvironmentName,
  local: { readonly port: number } | undefined,
  since: Date,
): ReleaseFeed {
  const prefix = physicalName(environment, '');
  const reader = new DeploymentReader(clients, prefix, since.getTime());
  const minuteSeconds = async () =>
    (local && (await cloudHealth(local.port))?.minuteSeconds) ?? SECONDS_PER_MINUTE;
  return {
    everySeconds: local ? 1 : 10,
    async read() {
      const releases = await reader.read(Date.now(), await minuteSeconds());
      const goesOn = releases.some(({ state }) => state !== 'live' && state !== 'taken back');
      const alarms = goesOn ? await readAlarms(clients.cloudWatch, prefix) : [];
      const red = alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
      return releases.map((release) => ({ ...release, ringing: ringing(release, red) }));
    },
  };
}

/** `GradualRelease` names the alarms of a version: `orders-api-new-version-errors-8` is `errors` of version 8. */
export function ringing({ name, to }: Pick<WatchedRelease, 'name' | 'to'>, red: readonly string[]): string[] {
  const [start, end] = [`${name}-new-version-`, `-${to}`];
  return red
    .filter((alarm) => alarm.startsWith(start) && alarm.endsWith(end))
    .map((alarm) => alarm.slice(start.length, -end.length));
}
