import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { artifactBucketName } from '@shipline/infra';
import { type Progress, untilStopped } from '../progress.js';
import { releaseClients, releaseFeed } from '../releases/feed.js';
import { type ReleaseDisplay, watched } from '../releases/watch.js';
import { storefrontClients } from '../storefront/clients.js';
import { ensureArtifactBucket } from './artifact-bucket.js';
import { build } from './build.js';
import { deployStacks } from './deploy-stacks.js';
import { explained } from './failed-deployment.js';
import { connectGateway } from './gateway-webhook.js';
import { liveLine } from './live-line.js';
import { openLocalDoors } from './local-doors.js';
import { type Outputs, readOutputs } from './outputs.js';
import { publishShop } from './site.js';
import { synthesize } from './synth.js';
import type { Target } from './target.js';

export interface DeployOptions {
  readonly synth?: () => Promise<void>;
  /** Shows each function's new version as it takes over. */
  readonly show?: ReleaseDisplay;
  /** Ctrl-C. */
  readonly stopped?: AbortSignal;
}

export interface Deployed {
  /** What the environment offers now. */
  readonly outputs: Outputs;
  /** One line that says what is live. */
  readonly live: string;
}

/**
 * Builds everything and brings an environment to it; what runs already as it should is left alone.
 * @throws {UserError} that says what failed, what was taken back and why, and what is live.
 */
export async function deploy(
  target: Target,
  reported: Progress,
  { synth = () => synthesize(target.environment.name), show, stopped }: DeployOptions = {},
): Promise<Deployed> {
  const { environment, local } = target;
  const progress = stopped ? untilStopped(reported, stopped) : reported;
  const clients = { cloudFormation: new CloudFormationClient({}), parameterStore: new SSMClient({}) };
  const bucket = artifactBucketName(environment);

  await progress.step('Build what has changed', build);
  await progress.step('Synthesize the stacks', synth);
  await ensureArtifactBucket(new S3Client({ forcePathStyle: local !== undefined }), bucket, environment);
  const since = new Date();
  const feed = releaseFeed(releaseClients(), environment.name, local, since);
  const stacks = () => deployStacks(target, { clients, bucket, ...(stopped && { stopped }) }, progress);
  const shown = show ? () => watched(stacks, feed, show) : stacks;
  const { total, changed } = await explained(shown, { target, clients, since, ...(stopped && { stopped }) });
  const outputs = await readOutputs(clients.cloudFormation, target);
  if (local) await openLocalDoors(local.port, outputs);
  const storefront = await progress.step('Publish the storefront', () =>
    publishShop(storefrontClients(target), outputs),
  );
  progress.note(await connectGateway(outputs));
  const live = liveLine({
    environment: environment.name,
    stacks: total,
    changed: changed.length,
    releases: changed.length > 0 ? await feed.read() : [],
    storefront: { number: storefront.live.number, isNew: storefront.isNew },
    url: outputs.storefrontUrl,
  });
  return { outputs, live };
}
