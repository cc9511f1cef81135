import {
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type LambdaTarget,
  type ListDeploymentsCommandInput,
  ListDeploymentTargetsCommand,
  paginateListDeployments,
} from '@aws-sdk/client-codedeploy';

/** Most that one BatchGetDeployments takes. */
const batchSize = 25;

/** Ids of all of CodeDeploy's deployments that fit, the youngest first; it lists them by the page. */
export async function deploymentIds(
  client: CodeDeployClient,
  wanted: ListDeploymentsCommandInput,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const { deployments = [] } of paginateListDeployments({ client }, wanted))
    ids.push(...deployments);
  return ids;
}

/** What CodeDeploy says of these deployments. */
export async function deploymentInfos(
  client: CodeDeployClient,
  ids: readonly string[],
): Promise<DeploymentInfo[]> {
  const batches = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );
  const replies = await Promise.all(
    batches.map((deploymentIds) => client.send(new BatchGetDeploymentsCommand({ deploymentIds }))),
  );
  return replies.flatMap(({ deploymentsInfo = [] }) => deploymentsInfo);
}

/** What deployed a function, the oldest first. */
export async function deploymentsOf(
  client: CodeDeployClient,
  wanted: ListDeploymentsCommandInput,
): Promise<DeploymentInfo[]> {
  const infos = await deploymentInfos(client, await deploymentIds(client, wanted));
  return infos.toSorted((one, two) => Number(one.createTime) - Number(two.createTime));
}

/** The function that a deployment moves: a Lambda deployment has one target, once it has started. */
export async function lambdaTargetOf(
  client: CodeDeployClient,
  deploymentId: string,
): Promise<LambdaTarget | undefined> {
  const { targetIds = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
  if (targetIds.length === 0) return undefined;
  const { deploymentTargets = [] } = await client.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  return deploymentTargets[0]?.lambdaTarget;
}
