import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import type { ReleaseChecks } from '@shipline/lambda-kit/release-checks';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { outputs } from './environment.js';

const lambda = new LambdaClient({});

/** The version that customers use. */
async function liveVersionOf(functionName: string): Promise<string> {
  const { FunctionVersion } = await lambda.send(
    new GetAliasCommand({ FunctionName: functionName, Name: 'live' }),
  );
  if (!FunctionVersion) throw new Error(`${functionName}:live points to nothing.`);
  return FunctionVersion;
}

export interface HookRun {
  /** What CodeDeploy was told. */
  readonly status: unknown;
  readonly failures: readonly unknown[];
}

/** Runs a service's release check on the live version of one function, as a deployment of it would. */
export async function checkLive(
  service: string,
  functionName: string,
  checks: ReleaseChecks,
  deploymentId: string,
): Promise<HookRun> {
  const physicalName = `shipline-${outputs.environment}-${service}-${functionName}`;
  const targetVersion = await liveVersionOf(physicalName);
  const told: unknown[] = [];
  const answers: Record<string, (input: { status?: string }) => unknown> = {
    ListDeploymentTargetsCommand: () => ({ targetIds: [physicalName] }),
    BatchGetDeploymentTargetsCommand: () => ({
      deploymentTargets: [
        { lambdaTarget: { lambdaFunctionInfo: { functionName: physicalName, targetVersion } } },
      ],
    }),
    PutLifecycleEventHookExecutionStatusCommand: ({ status }) => void told.push(status),
  };
  const codeDeploy = {
    send: async (command: { constructor: { name: string }; input: object }) =>
      answers[command.constructor.name]?.(command.input),
  };
  const logger = recordingLogger();
  const settings = {
    RELEASE_CHECKS: 'all',
    SHIPLINE_ENVIRONMENT: outputs.environment,
    POWERTOOLS_SERVICE_NAME: service,
  } as const;
  const hook = releaseCheckEntry(checks, settings, { logger, codeDeploy: codeDeploy as never });
  await hook(
    { DeploymentId: deploymentId, LifecycleEventHookExecutionId: 'hook' },
    lambdaContext({ getRemainingTimeInMillis: () => 60_000 }),
  );
  return {
    status: told.join(),
    failures: logger.lines.filter(({ message }) => message === 'release check failed'),
  };
}
