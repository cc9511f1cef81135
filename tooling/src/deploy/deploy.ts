import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { artifactBucketName, stackName } from '@shipline/infra';
import { cdkOut } from '../paths.js';
import type { Progress } from '../progress.js';
import { storefrontClients } from '../storefront/clients.js';
import { ensureArtifactBucket } from './artifact-bucket.js';
import { type AssemblyStack, readAssembly } from './assembly.js';
import { build } from './build.js';
import { cdkDeploy } from './cdk.js';
import { type AccountClients, changedStacks, outdatedStacks } from './changed-stacks.js';
import { refuseConcurrencyWithCode } from './concurrency-gate.js';
import { deployStage, type StageActions } from './deploy-stage.js';
import { connectGateway } from './gateway-webhook.js';
import { localHosts, openLocalDoors } from './local-doors.js';
import { type Outputs, readOutputs } from './outputs.js';
import { deployPaymentSandbox } from './payment-sandbox.js';
import { publishShop } from './site.js';
import { synthesize } from './synth.js';
import type { Target } from './target.js';

export interface DeployOptions {
  readonly synth?: () => Promise<void>;
}

/**
 * Builds everything and brings an environment to it; what runs already as it should is left alone.
 * @returns what the environment offers now.
 */
export async function deploy(
  target: Target,
  progress: Progress,
  { synth = () => synthesize(target.environment.name) }: DeployOptions = {},
): Promise<Outputs> {
  const { environment } = target;
  const clients = { cloudFormation: new CloudFormationClient({}), parameterStore: new SSMClient({}) };
  const s3 = new S3Client({ forcePathStyle: target.local !== undefined });
  const bucket = artifactBucketName(environment);

  await progress.step('Build what has changed', build);
  await progress.step('Synthesize the stacks', synth);
  await ensureArtifactBucket(s3, bucket, environment);
  await deployStacks(target, clients, bucket, progress);
  const outputs = await readOutputs(clients.cloudFormation, target);
  if (target.local) await openLocalDoors(target.local.port, outputs);
  const { live, isNew } = await progress.step('Publish the storefront', () =>
    publishShop(storefrontClients(target), outputs),
  );
  progress.note(`release ${live.number} of the storefront ${isNew ? 'is live' : 'was live already'}`);
  progress.note(await connectGateway(outputs));
  return outputs;
}

/** State first; then the sandbox, whose address payments needs; then the services. */
async function deployStacks(
  { environment, local }: Target,
  clients: AccountClients,
  bucket: string,
  progress: Progress,
): Promise<void> {
  const assembly = cdkOut(environment.name);
  const stacks = readAssembly(assembly);
  await refuseConcurrencyWithCode(clients.cloudFormation, stacks);
  const actions: StageActions = {
    changed: (some) => changedStacks(clients, some),
    outdated: (some) => outdatedStacks(clients, some),
    deploy: (names) => cdkDeploy(assembly, names, progress),
  };
  const foundation = { title: 'with state', stacks: stacks.filter(isFoundation) };
  const services = { title: 'with functions', stacks: stacks.filter((stack) => !isFoundation(stack)) };
  await deployStage(foundation, actions, progress);
  if (environment.gateway.kind === 'sandbox')
    await progress.step('Deploy the payment sandbox', () =>
      deployPaymentSandbox({
        clients,
        environment: environment.name,
        stackName: stackName(environment.name, 'payment-sandbox'),
        bucket,
        progress,
      }),
    );
  // The release checks pay at the sandbox, by the address that the new version of payments has for it.
  if (local) await openLocalDoors(local.port, await localHosts(clients.cloudFormation, environment));
  await deployStage(services, actions, progress);
}

const isFoundation = ({ stackName: name }: AssemblyStack) =>
  name.endsWith('-data') || name.endsWith('-platform');
