import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { artifactBucketName, stackName } from '@shipline/infra';
import { openFrontDoors } from '@shipline/local-cloud';
import { cdkOut } from '../paths.js';
import type { Progress } from '../progress.js';
import { ensureArtifactBucket } from './artifact-bucket.js';
import { type AssemblyStack, readAssembly } from './assembly.js';
import { build } from './build.js';
import { cdkDeploy } from './cdk.js';
import { connectGateway } from './gateway-webhook.js';
import { type Outputs, readOutputs } from './outputs.js';
import { deployPaymentSandbox } from './payment-sandbox.js';
import { publishShop } from './site.js';
import { synthesize } from './synth.js';
import type { Target } from './target.js';
import { isUnchanged } from './unchanged.js';

export interface DeployOptions {
  readonly synth?: () => Promise<void>;
  /** Deploys every stack, also those whose template is deployed: another stack's table or address is a new one. */
  readonly force?: boolean;
}

/**
 * Builds everything and brings an environment to it; what runs already as it should is left alone.
 * @returns what the environment offers now.
 */
export async function deploy(
  target: Target,
  progress: Progress,
  { synth = () => synthesize(target.environment.name), force = false }: DeployOptions = {},
): Promise<Outputs> {
  const { environment } = target;
  const cloudFormation = new CloudFormationClient({});
  const s3 = new S3Client({ forcePathStyle: target.local !== undefined });
  const bucket = artifactBucketName(environment);

  await progress.step('Build what has changed', build);
  await progress.step('Synthesize the stacks', synth);
  await ensureArtifactBucket(s3, bucket, environment);
  const stacks = await progress.step('Compare with what is deployed', () =>
    changedStacks(cloudFormation, environment.name, force),
  );
  await deployStacks(target, cloudFormation, bucket, stacks, progress);
  const outputs = await readOutputs(cloudFormation, target);
  if (target.local) await openLocalDoors(target.local.port, outputs);
  await progress.step('Publish the storefront', () => publishShop(s3, outputs));
  progress.note(await connectGateway(outputs));
  return outputs;
}

async function changedStacks(
  client: CloudFormationClient,
  environment: string,
  force: boolean,
): Promise<AssemblyStack[]> {
  const stacks = readAssembly(cdkOut(environment));
  if (force) return stacks;
  const unchanged = await Promise.all(stacks.map((stack) => isUnchanged(client, stack)));
  return stacks.filter((_, index) => !unchanged[index]);
}

/** State first; then the sandbox, whose address payments needs; then the services. */
async function deployStacks(
  { environment }: Target,
  cloudFormation: CloudFormationClient,
  bucket: string,
  changed: readonly AssemblyStack[],
  progress: Progress,
): Promise<void> {
  const assembly = cdkOut(environment.name);
  const names = changed.map((stack) => stack.stackName);
  const isFoundation = (name: string) => name.endsWith('-data') || name.endsWith('-platform');
  const foundation = names.filter(isFoundation);
  const services = names.filter((name) => !isFoundation(name));
  if (foundation.length > 0)
    await progress.step(`Deploy ${foundation.length} stacks with state`, () =>
      cdkDeploy(assembly, foundation, progress),
    );
  if (environment.gateway.kind === 'sandbox')
    await progress.step('Deploy the payment sandbox', () =>
      deployPaymentSandbox({
        cloudFormation,
        environment: environment.name,
        stackName: stackName(environment.name, 'payment-sandbox'),
        bucket,
        progress,
      }),
    );
  if (services.length > 0)
    await progress.step(`Deploy ${services.length} stacks with functions`, () =>
      cdkDeploy(assembly, services, progress),
    );
}

/** Plain addresses for the distribution and for the sandbox, which is another origin. */
async function openLocalDoors(port: number, outputs: Outputs): Promise<void> {
  await openFrontDoors(port, [
    { port: port + 1, target: outputs.distributionHost, host: 'localhost' },
    { port: port + 2, target: outputs.sandboxHost, host: '127.0.0.1' },
  ]);
}
