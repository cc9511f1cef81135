import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { artifactBucketName } from '@shipline/infra';
import { type Progress, untilStopped } from '../progress.js';
import { releaseClients, releaseFeed } from '../releases/feed.js';
import { type ReleaseDisplay, watched } from '../releases/watch.js';
import { storefrontClients } from '../storefront/clients.js';
import { ensureArtifactBucket } from './artifact-bucket.js';
import { type BringUpActions, bringUp, type Deployed } from './bring-up.js';
import { build } from './build.js';
import { deployStacks } from './deploy-stacks.js';
import { factsOf } from './deployment-facts.js';
import { explained } from './failed-deployment.js';
import { connectGateway } from './gateway-webhook.js';
import { openLocalDoors } from './local-doors.js';
import { readOutputs } from './outputs.js';
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

/**
 * Builds everything and brings an environment to it; what runs already as it should is left alone.
 * @throws {UserError} that says what failed, what was taken back and why, and what is live.
 */
export async function deploy(
  target: Target,
  reported: Progress,
  { synth = () => synthesize([target.environment.name]), show, stopped }: DeployOptions = {},
): Promise<Deployed> {
  const { environment, local } = target;
  const progress = stopped ? untilStopped(reported, stopped) : reported;
  const clients = { cloudFormation: new CloudFormationClient({}), parameterStore: new SSMClient({}) };
  const bucket = artifactBucketName(environment);

  await progress.step('Build what has changed', build);
  await progress.step('Synthesize the stacks', synth);
  const since = new Date();
  const feed = releaseFeed(releaseClients(), environment.name, local, since);
  const stacks = () => deployStacks(target, { clients, bucket, ...(stopped && { stopped }) }, progress);
  const actions: BringUpActions = {
    prepare: () =>
      ensureArtifactBucket(new S3Client({ forcePathStyle: local !== undefined }), bucket, environment),
    stacks: show ? () => watched(stacks, feed, show) : stacks,
    outputs: () => readOutputs(clients.cloudFormation, target),
    openDoors: async (outputs) => local && openLocalDoors(local.port, environment.name, outputs),
    publish: (outputs) => publishShop(storefrontClients(target), outputs),
    connect: connectGateway,
    releases: () => feed.read(),
  };
  const facts = factsOf(target, clients, since);
  return explained(() => bringUp(actions, progress, stopped), facts, stopped);
}
