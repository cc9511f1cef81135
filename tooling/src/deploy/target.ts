import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import {
  accountVariable,
  type Environment,
  type EnvironmentName,
  environment as environmentFrom,
  environmentNames,
  inputsFrom,
} from '@shipline/infra';
import { adoptLocalAws, cloudHealth, cloudPlace } from '@shipline/local-cloud';
import { UserError } from '../cli.js';

export interface Target {
  readonly environment: Environment;
  /** The laptop's cloud; undefined for AWS. */
  readonly local: { readonly port: number; readonly stateDir: string } | undefined;
}

/** @throws {UserError} for a name that is no environment. */
export function environmentNamed(name: unknown): EnvironmentName {
  const found = environmentNames.find((known) => known === name);
  if (found) return found;
  throw new UserError(`There is no environment \`${name}\`: choose one of ${environmentNames.join(', ')}.`);
}

/**
 * Where a deployment to this environment goes, with this process's AWS settings pointing there.
 * @param fallback Without credentials `dev` becomes the local cloud (never in CI, nor where a profile was named).
 */
export async function targetOf(
  name: EnvironmentName,
  say: (line: string) => void,
  { fallback = false }: { fallback?: boolean } = {},
): Promise<Target> {
  if (name === 'local' || inputsFrom(process.env).onLocalCloud) return localTarget(name);
  const account = await callerAccount();
  if (account === undefined) {
    const mayFallBack = name === 'dev' && fallback && !process.env['CI'] && !process.env['AWS_PROFILE'];
    if (!mayFallBack) throw new UserError(noCredentials(name));
    say(`No AWS credentials were found, so environment \`local\` is deployed to the local cloud instead.`);
    return localTarget('local');
  }
  const environment = environmentOf(name);
  if (account !== environment.account)
    throw new UserError(
      `These credentials are of account ${account}, and environment \`${name}\` is account ${environment.account} (${accountVariable(name)}): choose the right AWS_PROFILE.`,
    );
  // Whatever region the profile has: everything goes where the environment lives.
  process.env['AWS_REGION'] = environment.region;
  process.env['AWS_DEFAULT_REGION'] = environment.region;
  return { environment, local: undefined };
}

/**
 * The same for commands that deploy nothing.
 * @throws {UserError} when the local cloud is meant and does not run.
 */
export async function deployedTargetOf(name: EnvironmentName, say: (line: string) => void): Promise<Target> {
  const target = await targetOf(name, say);
  if (target.local && (await cloudHealth(target.local.port)) === undefined)
    throw new UserError(
      `The local cloud does not run on port ${target.local.port}: start the shop with \`pnpm dev\` or \`pnpm deploy:local\`.`,
    );
  return target;
}

export const environmentOf = (name: EnvironmentName) => environmentFrom(name, inputsFrom(process.env));

function localTarget(name: EnvironmentName): Target {
  const place = cloudPlace();
  const environment = environmentOf(name);
  adoptLocalAws({ port: place.port, account: environment.account });
  return { environment, local: place };
}

const noCredentials = (name: string) =>
  `There are no AWS credentials for environment \`${name}\`: sign in (for example \`aws sso login\`) and set AWS_PROFILE. To deploy to this machine instead, run \`pnpm deploy:local\`.`;

/** The account of the credentials in reach, or undefined where there are none. */
export async function callerAccount(): Promise<string | undefined> {
  try {
    const client = new STSClient({ region: process.env['AWS_REGION'] ?? 'us-east-1', maxAttempts: 2 });
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'CredentialsProviderError') return undefined;
    const refused = /Token|Signature|Client|Access|Unauthorized/.test(name);
    const sentence = refused
      ? `AWS did not accept these credentials (${name}): sign in again (for example \`aws sso login\`).`
      : `AWS could not be asked whose credentials these are (${cause instanceof Error ? cause.message : name}): check the network.`;
    throw new UserError(sentence, { cause });
  }
}
