import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EnvironmentError, inputsFrom } from '@shipline/infra';
import { adoptLocalAws, cloudHealth, cloudPlace } from '@shipline/local-cloud';
import { UserError } from '@shipline/tooling/cli';
import { callerAccount } from '@shipline/tooling/deploy/target';
import { type BootstrapTarget, toolsAccountFrom } from './synthesize.js';
import { localToolsAccount, region } from './tools.js';

/**
 * CloudFormation of the account that is meant, on AWS or in the local cloud.
 * @throws {UserError} where the credentials are of another account.
 */
export async function cloudFormationOf(
  target: BootstrapTarget,
): Promise<{ client: CloudFormationClient; local: boolean }> {
  const local = inputsFrom(process.env).onLocalCloud ?? false;
  const wanted = accountOf(target, local);
  if (local) await adopt(wanted);
  else {
    const account = await callerAccount();
    if (account !== wanted)
      throw new UserError(
        `${account ? `These credentials are of account ${account}` : 'There are no AWS credentials'}, and ${target} is account ${wanted}: choose the right AWS_PROFILE.`,
      );
  }
  return { client: new CloudFormationClient({ region, maxAttempts: 5 }), local };
}

async function adopt(account: string): Promise<void> {
  const { port } = cloudPlace();
  if ((await cloudHealth(port)) === undefined)
    throw new UserError(`The local cloud does not run on port ${port}: \`pnpm cloud start\`.`);
  adoptLocalAws({ port, account });
}

function accountOf(target: BootstrapTarget, local: boolean): string {
  if (target === 'tools') return local ? localToolsAccount : toolsAccountFrom(process.env);
  const account = inputsFrom(process.env).accounts[target];
  if (account) return account;
  throw new EnvironmentError(
    `No account is known for ${target}: set SHIPLINE_${target.toUpperCase()}_ACCOUNT.`,
  );
}
