import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { services } from '@shipline/infra';
import * as z from 'zod/mini';
import type { DeploymentRow } from './deployment-row.js';
import type { ReleaseClients } from './feed.js';
import { rungAlarms } from './rung-alarms.js';

export const RUNBOOK = 'docs/runbooks/release-taken-back.md';

/** What `release-check-entry` of the kit logs of each check that fails. */
const FailedCheck = z.object({
  message: z.literal('release check failed'),
  check: z.string(),
  expected: z.string(),
  actual: z.string(),
});

/**
 * Why a release was taken back, in lines for a person: what its release check expected and got, or what its alarm saw.
 * @param prefix What the environment's names begin with.
 */
export async function whyTakenBack(
  clients: Pick<ReleaseClients, 'cloudWatch' | 'logs'>,
  release: DeploymentRow,
  prefix: string,
): Promise<string[]> {
  const head = `Taken back: ${release.name} ${release.to} -> ${release.from}: ${release.reason ?? 'no reason given'}`;
  const why = await detailsOf(clients, release, prefix).catch((error: unknown) => [
    `More of it cannot be read: ${error instanceof Error ? error.message : error}`,
  ]);
  return [head, ...why.map((line) => `  ${line}`), `  What to do: ${RUNBOOK}`];
}

function detailsOf(
  { logs, cloudWatch }: Pick<ReleaseClients, 'cloudWatch' | 'logs'>,
  release: DeploymentRow,
  prefix: string,
): Promise<string[]> {
  const refused = release.events.some(
    ({ name, status }) => name === 'BeforeAllowTraffic' && status === 'Failed',
  );
  if (!refused) return rung(cloudWatch, release, prefix);
  return failedChecks(logs, release, `/aws/lambda/${prefix}${serviceOf(release.name)}-check-release`);
}

/** They are made with the version and may ring before CodeDeploy has begun to shift it. */
const HOUR_MS = 3_600_000;

async function rung(
  client: CloudWatchClient,
  { name: released, to, startedAt }: DeploymentRow,
  prefix: string,
): Promise<string[]> {
  const since = new Date(startedAt - HOUR_MS);
  const alarms = await rungAlarms(client, `${prefix}${released}-new-version-`, since);
  return alarms
    .filter(({ name }) => name.endsWith(`-${to}`))
    .map(({ name, reason }) => `${name} rang: ${reason}`);
}

const serviceOf = (name: string) =>
  [...services, 'payment-sandbox'].find((service) => name.startsWith(`${service}-`)) ?? name;

/** Clocks differ. */
const MINUTE_MS = 60_000;

async function failedChecks(
  client: CloudWatchLogsClient,
  { id, name, to, startedAt }: DeploymentRow,
  logGroupName: string,
): Promise<string[]> {
  const lines: string[] = [];
  const pages = paginateFilterLogEvents(
    { client },
    { logGroupName, filterPattern: `"${id}"`, startTime: startedAt - MINUTE_MS },
  );
  for await (const { events = [] } of pages)
    for (const { message = '' } of events) {
      const parsed = FailedCheck.safeParse(jsonOf(message));
      if (!parsed.success) continue;
      const { check, expected, actual } = parsed.data;
      lines.push(`${name}:${to} does not do this: ${check}. Expected ${expected}, got ${actual}`);
    }
  return lines.length > 0 ? lines : [`Its release check says why in ${logGroupName}`];
}

/** A runtime's own lines are no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
