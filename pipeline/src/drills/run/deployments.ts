import {
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { type EnvironmentName, physicalName } from '@shipline/infra';
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
  const { deployments: deploymentIds = [] } = await client.send(
    new ListDeploymentsCommand({
      applicationName: physicalName(environment, service),
      deploymentGroupName: functionName,
      createTimeRange: { start },
    }),
  );
  if (deploymentIds.length === 0) return { deployments: [], newVersion: undefined };
  const { deploymentsInfo = [] } = await client.send(new BatchGetDeploymentsCommand({ deploymentIds }));
  const byAge = deploymentsInfo.toSorted((a, b) => Number(a.createTime) - Number(b.createTime));
  const deployments = byAge.map((info) => ({
    id: info.deploymentId ?? '',
    status: info.status ?? '',
    error: info.errorInformation?.code,
    isRollback: info.creator === 'codeDeployRollback',
  }));
  const first = deployments.find(({ isRollback }) => !isRollback);
  return { deployments, newVersion: first && (await targetVersionOf(client, first.id)) };
}

async function targetVersionOf(client: CodeDeployClient, deploymentId: string): Promise<string | undefined> {
  const { targetIds = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
  const { deploymentTargets: [target] = [] } = await client.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  return target?.lambdaTarget?.lambdaFunctionInfo?.targetVersion;
}
