import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { type EnvironmentName, physicalName } from '@shipline/infra';
import { deploymentsOf, lambdaTargetOf } from '@shipline/tooling/releases/deployment-infos';
import type { DrillTarget } from '../drill.js';
import type { SeenDeployment } from '../observation.js';

export interface SeenDeployments {
  readonly deployments: readonly SeenDeployment[];
  /** The version that the first of them was to release. */
  readonly newVersion: string | undefined;
}

/** What CodeDeploy did with a function since a moment, oldest first. */
export async function deploymentsSince(
  client: CodeDeployClient,
  environment: EnvironmentName,
  { service, functionName }: DrillTarget,
  start: Date,
): Promise<SeenDeployments> {
  const infos = await deploymentsOf(client, {
    applicationName: physicalName(environment, service),
    deploymentGroupName: functionName,
    createTimeRange: { start },
  });
  const deployments = infos.map((info) => ({
    id: info.deploymentId ?? '',
    status: info.status ?? '',
    error: info.errorInformation?.code,
    isRollback: info.creator === 'codeDeployRollback',
  }));
  const first = deployments.find(({ isRollback }) => !isRollback);
  const target = first && (await lambdaTargetOf(client, first.id));
  return { deployments, newVersion: target?.lambdaFunctionInfo?.targetVersion };
}
