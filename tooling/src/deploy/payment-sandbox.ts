import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, sandboxParameters } from '@shipline/infra';
import { root } from '../paths.js';
import type { Progress } from '../progress.js';
import { sam, samEnvironment, samVenv } from '../sam.js';
import type { AccountClients } from './changed-stacks.js';
import { describeStack } from './describe-stack.js';
import { removeFailedCreation } from './failed-creation.js';
import { areStale } from './stale-stacks.js';

const folder = join(root, 'services/payment-sandbox');
/** Which sources a stack was made of. One that was deployed by hand has none. */
export const digestTag = 'shipline:digest';

/** What the stack is made of: its template, its bundles and its settings. */
function digestOfSandbox(environment: Environment): string {
  const hash = createHash('sha256').update(sandboxParameters(environment));
  const bundles = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, 'dist', name))
    .filter((path) => statSync(path).isFile())
    .sort();
  for (const path of [join(folder, 'template.yaml'), join(root, 'samconfig.toml'), ...bundles])
    hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Ships the sandbox as SAM does: build, package, deploy. Does nothing when it already runs as it is. */
export async function deployPaymentSandbox(input: {
  readonly clients: AccountClients;
  readonly environment: Environment;
  readonly stackName: string;
  readonly bucket: string;
  readonly progress: Progress;
}): Promise<boolean> {
  const { clients, stackName, progress } = input;
  const digest = digestOfSandbox(input.environment);
  if (await runs(clients, stackName, digest)) return false;
  const venv = await samVenv((line) => progress.note(line));
  // SAM looks for its settings beside the template that it is given.
  const settings = ['--config-file', join(root, 'samconfig.toml')];
  const { name } = input.environment;
  const config = [...settings, '--config-env', `${name}-payment-sandbox`];
  const env = samEnvironment();
  const packaged = join(root, '.aws-sam', `${stackName}.yaml`);
  await sam(venv, ['build', ...config], { env });
  await sam(venv, ['package', ...config, '--s3-bucket', input.bucket, '--output-template-file', packaged], {
    env,
  });
  const deploy = ['--template-file', packaged, '--s3-bucket', input.bucket, '--no-fail-on-empty-changeset'];
  const tags = [`shipline:environment=${name}`, 'shipline:stack=payment-sandbox', `${digestTag}=${digest}`];
  // Both replace what samconfig.toml says: a rehearsal on the local cloud has other addresses.
  const parameters = ['--parameter-overrides', sandboxParameters(input.environment)];
  if (await removeFailedCreation(clients.cloudFormation, stackName))
    progress.note(`${stackName} had failed to be created: it is created anew`);
  await sam(venv, ['deploy', ...config, ...deploy, ...parameters, '--tags', ...tags], { env });
  progress.note(`${stackName} is deployed by SAM`);
  return true;
}

async function runs(clients: AccountClients, stackName: string, digest: string): Promise<boolean> {
  const stack = await describeStack(clients.cloudFormation, stackName);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack?.StackStatus ?? '')) return false;
  if (!stack?.Tags?.some(({ Key, Value }) => Key === digestTag && Value === digest)) return false;
  const [stale] = await areStale(clients.parameterStore, [stack]);
  return !stale;
}
