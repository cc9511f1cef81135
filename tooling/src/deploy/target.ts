import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import {
  type Environment,
  type EnvironmentName,
  environment as environmentFrom,
  environmentNames,
  inputsFrom,
} from '@shipline/infra';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
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
 * Without credentials `dev` becomes the local cloud; in CI, and for staging and prod, that is a failure.
 */
export async function targetOf(name: EnvironmentName, say: (line: string) => void): Promise<Target> {
  if (name === 'local') return localTarget();
  const account = await callerAccount();
  if (account === undefined) {
    if (name !== 'dev' || process.env['CI'] === 'true') throw new UserError(noCredentials(name));
    say(`No AWS credentials were found, so environment \`local\` is deployed to the local cloud instead.`);
    return localTarget();
  }
  const environment = environmentOf(name);
  if (account !== environment.account)
    throw new UserError(
      `These credentials are of account ${account}, and environment \`${name}\` is account ${environment.account} (infra/src/environments.ts): choose the right AWS_PROFILE.`,
    );
  return { environment, local: undefined };
}

export const environmentOf = (name: EnvironmentName) => environmentFrom(name, inputsFrom(process.env));

function localTarget(): Target {
  const place = cloudPlace();
  const environment = environmentOf('local');
  adoptLocalAws({ port: place.port, account: environment.account });
  return { environment, local: place };
}

const noCredentials = (name: string) =>
  `There are no AWS credentials for environment \`${name}\`: sign in (for example \`aws sso login\`) and set AWS_PROFILE. To deploy to this machine instead, run \`pnpm deploy:local\`.`;

/** The account of the credentials in reach, or undefined where there are none. */
async function callerAccount(): Promise<string | undefined> {
  try {
    const { Account } = await new STSClient({ maxAttempts: 2 }).send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'CredentialsProviderError') return undefined;
    throw new UserError(
      `AWS did not accept these credentials (${name}): sign in again (for example \`aws sso login\`).`,
      { cause: error },
    );
  }
}
