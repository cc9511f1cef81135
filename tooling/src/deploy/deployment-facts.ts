import { physicalName, stackName } from '@shipline/infra';
import { cdkOut } from '../paths.js';
import { DeploymentReader } from '../releases/deployments.js';
import { type ReleaseClients, releaseClients } from '../releases/feed.js';
import { whyTakenBack } from '../releases/taken-back.js';
import { storefrontClients } from '../storefront/clients.js';
import { HistoryFile } from '../storefront/history-file.js';
import { readAssembly } from './assembly.js';
import type { AccountClients } from './changed-stacks.js';
import { describeStack } from './describe-stack.js';
import type { DeploymentFacts } from './failed-deployment.js';
import { standingLine, standingOf } from './standing.js';
import type { Target } from './target.js';

/** @param since When the deployment began. */
export function factsOf(target: Target, clients: AccountClients, since: Date): DeploymentFacts {
  const { name } = target.environment;
  return {
    takenBack: () => reasonsOf(releaseClients(), physicalName(name, ''), since),
    standing: async () => standingLine(name, await standingOf(clients, readAssembly(cdkOut(name)), since)),
    storefront: () => storefrontOf(target, clients),
  };
}

async function reasonsOf(clients: ReleaseClients, prefix: string, since: Date): Promise<string[]> {
  const minuteSeconds = 60;
  const releases = await new DeploymentReader(clients, prefix, since.getTime()).read(
    Date.now(),
    minuteSeconds,
  );
  const takenBack = releases.filter(({ state }) => state === 'taken back');
  const reasons = await Promise.all(takenBack.map((release) => whyTakenBack(clients, release, prefix)));
  return reasons.map((lines) => lines.join('\n'));
}

async function storefrontOf(target: Target, { cloudFormation }: AccountClients): Promise<string> {
  const edge = await describeStack(cloudFormation, stackName(target.environment.name, 'edge'));
  const bucket = edge?.Outputs?.find(({ OutputKey }) => OutputKey === 'SiteBucketName')?.OutputValue;
  if (bucket === undefined) return 'no storefront';
  const { history } = await new HistoryFile(storefrontClients(target).s3, bucket).read();
  if (history.live === 0) return 'no storefront';
  return `storefront release ${history.live}${history.underWay ? ', which browsers may not get yet' : ''}`;
}
