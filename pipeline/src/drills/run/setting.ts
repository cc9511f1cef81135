import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Environment } from '@shipline/infra';
import { cloudHealth } from '@shipline/local-cloud';
import { build } from '@shipline/tooling/deploy/build';
import { type Outputs, readOutputs } from '@shipline/tooling/deploy/outputs';
import type { Target } from '@shipline/tooling/deploy/target';
import type { Progress } from '@shipline/tooling/progress';
import type { Releasing } from './releasing.js';
import { releasingARelease } from './releasing-a-release.js';
import { releasingSources } from './releasing-sources.js';

export type Clients = ReturnType<typeof clientsOf>;

/** What all drills of one command share. */
export interface Setting {
  readonly environment: Environment;
  readonly outputs: Outputs;
  readonly clients: Clients;
  /** What is deployed must be there again when the drill ends. */
  readonly releasing: Releasing;
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
 * @param releaseFolder The release that it runs; absent = what the sources say.
 * @throws {UserError} when it is not deployed, or not so: the drill could not bring it back.
 */
export async function prepare(
  target: Target,
  workFolder: string,
  progress: Progress,
  releaseFolder?: string,
): Promise<Setting> {
  const clients = clientsOf();
  const outputs = await readOutputs(clients.cloudFormation, target);
  const { environment } = target;
  await progress.step('Build what has changed', build);
  const releasing = await progress.step('Compare with what is deployed', () =>
    releaseFolder === undefined
      ? releasingSources(environment, clients, join(workFolder, 'sound'))
      : releasingARelease(target, releaseFolder, progress),
  );
  const health = target.local && (await cloudHealth(target.local.port));
  return {
    environment,
    outputs,
    clients,
    releasing,
    alarmPeriodSeconds: health?.minuteSeconds ?? 60,
    workFolder,
  };
}
