import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Environment } from '@shipline/infra';
import { cloudHealth } from '@shipline/local-cloud';
import { UserError } from '@shipline/tooling/cli';
import { build } from '@shipline/tooling/deploy/build';
import { changedStacks } from '@shipline/tooling/deploy/changed-stacks';
import { type Outputs, readOutputs } from '@shipline/tooling/deploy/outputs';
import type { Target } from '@shipline/tooling/deploy/target';
import type { Progress } from '@shipline/tooling/progress';
import { type Assembly, soundAssembly } from './assemblies.js';
import { untilSettled } from './release.js';

export type Clients = ReturnType<typeof clientsOf>;

/** What all drills of one command share. */
export interface Setting {
  readonly environment: Environment;
  readonly outputs: Outputs;
  readonly clients: Clients;
  /** What is deployed, and must be again when the drill ends. */
  readonly sound: Assembly;
  readonly alarmPeriodSeconds: number;
  /** Removed at the end. */
  readonly workFolder: string;
}

const clientsOf = () => ({
  cloudFormation: new CloudFormationClient({ maxAttempts: 4 }),
  parameterStore: new SSMClient({ maxAttempts: 4 }),
  cloudWatch: new CloudWatchClient({ maxAttempts: 4 }),
  logs: new CloudWatchLogsClient({ maxAttempts: 4 }),
  codeDeploy: new CodeDeployClient({ maxAttempts: 4 }),
  lambda: new LambdaClient({ maxAttempts: 4 }),
});

/**
 * Looks whether the environment is one that a drill may start from.
 * @throws {UserError} when it is not deployed, or not as the sources are: the drill could not bring it back.
 */
export async function prepare(target: Target, workFolder: string, progress: Progress): Promise<Setting> {
  const clients = clientsOf();
  const outputs = await readOutputs(clients.cloudFormation, target);
  const { environment } = target;
  await progress.step('Build what has changed', build);
  const sound = await progress.step('Synthesize the stacks', async () =>
    soundAssembly(environment, join(workFolder, 'sound')),
  );
  await untilSettled(
    clients.cloudFormation,
    sound.stacks.map(({ stackName }) => stackName),
  );
  const other = await changedStacks(clients, sound.stacks);
  if (other.length > 0)
    throw new UserError(
      `${other.map(({ stackName }) => stackName).join(', ')} is not deployed as it is here, and a drill brings back what is here: run \`pnpm deploy:${environment.name}\` first.`,
    );
  const health = target.local && (await cloudHealth(target.local.port));
  return {
    environment,
    outputs,
    clients,
    sound,
    alarmPeriodSeconds: health?.minuteSeconds ?? 60,
    workFolder,
  };
}
