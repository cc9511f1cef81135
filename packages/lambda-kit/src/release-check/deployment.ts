import {
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import * as z from 'zod/mini';

/** All that CodeDeploy tells a hook: which versions it is about has to be asked. */
export const HookEvent = z.object({
  DeploymentId: z.string().check(z.minLength(1)),
  LifecycleEventHookExecutionId: z.string().check(z.minLength(1)),
});
export type HookEvent = z.infer<typeof HookEvent>;

/** One function of the deployment, and the version that it is to get. */
export interface DeployedFunction {
  readonly functionName: string;
  readonly targetVersion: string;
}

export type CodeDeploy = Pick<CodeDeployClient, 'send'>;

/** A deployment without functions is none of ours. */
export class NoTargets extends Error {
  override readonly name = 'NoTargets';
}

/** @throws {NoTargets} */
export async function targetsOf(client: CodeDeploy, deploymentId: string): Promise<DeployedFunction[]> {
  const targetIds = await targetIdsOf(client, deploymentId);
  const { deploymentTargets = [] } = await client.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  const functions = deploymentTargets.flatMap(({ lambdaTarget }) => {
    const { functionName, targetVersion } = lambdaTarget?.lambdaFunctionInfo ?? {};
    return functionName && targetVersion ? [{ functionName, targetVersion }] : [];
  });
  if (functions.length === 0 || functions.length !== targetIds.length)
    throw new NoTargets(
      `${deploymentId} has ${targetIds.length} targets, ${functions.length} of them versions`,
    );
  return functions;
}

async function targetIdsOf(client: CodeDeploy, deploymentId: string): Promise<string[]> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListDeploymentTargetsCommand({ deploymentId, ...(nextToken && { nextToken }) }),
    );
    ids.push(...(page.targetIds ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return ids;
}

/** Tells CodeDeploy whether traffic may shift. Unheard, it would wait for an hour. */
export async function tell(
  client: CodeDeploy,
  { DeploymentId, LifecycleEventHookExecutionId }: HookEvent,
  status: 'Succeeded' | 'Failed',
): Promise<void> {
  await client.send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status,
    }),
  );
}
