import { randomUUID } from 'node:crypto';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
  DeploymentLimitExceededException,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  type LambdaTarget,
  ListDeploymentTargetsCommand,
  paginateListDeploymentConfigs,
  StopDeploymentCommand,
  waitUntilDeploymentSuccessful,
} from '@aws-sdk/client-codedeploy';
import { GetAliasCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeploymentReader } from '@shipline/tooling/releases/deployments';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createShiftingStack, type ShiftingStack } from '../support/shifting-stack.js';

/** The local CodeDeploy, driven by AWS's own client: it parses every answer and knows every error. */
const client = new CodeDeployClient({});
const lambda = new LambdaClient({});
const name = `codedeploy-driver-${randomUUID().slice(0, 8)}`;
const group = { applicationName: name, deploymentGroupName: name };
let stack: ShiftingStack;

beforeAll(async () => {
  stack = await createShiftingStack(name);
  await client.send(new CreateApplicationCommand({ applicationName: name, computePlatform: 'Lambda' }));
  await client.send(
    new CreateDeploymentGroupCommand({
      ...group,
      serviceRoleArn: stack.roleArn,
      deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent30Minutes',
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
    }),
  );
});

afterAll(async () => {
  await client.send(new DeleteApplicationCommand({ applicationName: name }));
  await stack.remove();
});

const revision = (current: string, target: string) => ({
  revisionType: 'AppSpecContent' as const,
  appSpecContent: {
    content: JSON.stringify({
      version: 0.0,
      Resources: [
        {
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Name: stack.functionName,
              Alias: 'live',
              CurrentVersion: current,
              TargetVersion: target,
            },
          },
        },
      ],
    }),
  },
});

const deploy = async (current: string, target: string, deploymentConfigName?: string) => {
  const { deploymentId = '' } = await client.send(
    new CreateDeploymentCommand({ ...group, revision: revision(current, target), deploymentConfigName }),
  );
  return deploymentId;
};

const described = async (deploymentId: string) =>
  (await client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo;

const targetOf = async (deploymentId: string): Promise<LambdaTarget | undefined> => {
  const { targetIds: [targetId] = [] } = await client.send(
    new ListDeploymentTargetsCommand({ deploymentId }),
  );
  const { deploymentTarget } = await client.send(
    new GetDeploymentTargetCommand({ deploymentId, targetId: targetId ?? '' }),
  );
  return deploymentTarget?.lambdaTarget;
};

const traffic = async () => {
  const { FunctionVersion, RoutingConfig } = await lambda.send(
    new GetAliasCommand({ FunctionName: stack.functionName, Name: 'live' }),
  );
  return { version: FunctionVersion, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
};

const patient = { timeout: 60_000 };

test('shows a canary under way, refuses a second one, and takes the traffic back when it is stopped', async () => {
  const deploymentId = await deploy('1', '2');

  await vi.waitFor(
    async () => expect(await traffic()).toEqual({ version: '1', weights: { 2: 0.1 } }),
    patient,
  );
  const target = await targetOf(deploymentId);
  expect(target?.lambdaFunctionInfo).toMatchObject({
    functionAlias: 'live',
    targetVersion: '2',
    targetVersionWeight: 10,
  });
  expect(target?.lifecycleEvents?.map(({ status }) => status)).toEqual([
    'Succeeded',
    'InProgress',
    'Pending',
  ]);
  expect(target?.lifecycleEvents?.[0]?.startTime).toBeInstanceOf(Date);
  await expect(deploy('1', '2')).rejects.toBeInstanceOf(DeploymentLimitExceededException);

  await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  await vi.waitFor(async () => {
    expect(await described(deploymentId)).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'MANUAL_STOP' },
      rollbackInfo: { rollbackDeploymentId: expect.stringMatching(/^d-[A-Z0-9]{9}$/) },
    });
  }, patient);
  await vi.waitFor(async () => expect(await traffic()).toEqual({ version: '1', weights: {} }), patient);
});

test('is told to the console as it goes: what either version was asked, how long it takes, why it was taken back', async () => {
  const cloudWatch = new CloudWatchClient({});
  const reader = new DeploymentReader({ codeDeploy: client, cloudWatch }, name);
  const read = () => reader.read(Date.now(), 2);
  const deploymentId = await deploy('1', '2');
  const shown = async () => (await read()).filter(({ id }) => id === deploymentId);
  await vi.waitFor(async () => expect(await shown()).toMatchObject([{ state: 'shifting' }]), patient);

  const calls = 20;
  for (let call = 0; call < calls; call += 1)
    await lambda.send(new InvokeCommand({ FunctionName: stack.functionName, Qualifier: 'live' }));

  await vi.waitFor(async () => {
    const [row] = await shown();
    expect(row).toMatchObject({ from: '1', to: '2', weight: 0.1, old: { errors: 0 }, new: { errors: 0 } });
    expect((row?.old.requests ?? 0) + (row?.new.requests ?? 0)).toBe(calls);
    expect((row?.dueAt ?? 0) - (row?.startedAt ?? 0)).toBeGreaterThanOrEqual(30 * 2 * 1000);
  }, patient);
  await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  await vi.waitFor(async () => {
    expect(await shown()).toMatchObject([{ state: 'taken back', weight: 0, reason: expect.any(String) }]);
  }, patient);
  // The way back is a deployment of its own, which is no release.
  expect((await read()).filter(({ state }) => state === 'live')).toEqual([]);
  await vi.waitFor(async () => expect(await traffic()).toEqual({ version: '1', weights: {} }), patient);
});

test('moves all traffic at once, for which the client can wait', async () => {
  const before = await traffic();
  const [current, target] = before.version === '1' ? ['1', '2'] : ['2', '1'];

  const deploymentId = await deploy(current, target, 'CodeDeployDefault.LambdaAllAtOnce');
  await waitUntilDeploymentSuccessful({ client, maxWaitTime: 60, minDelay: 1 }, { deploymentId });

  expect(await traffic()).toEqual({ version: target, weights: {} });
  expect(await described(deploymentId)).toMatchObject({
    creator: 'user',
    deploymentOverview: { Succeeded: 1 },
  });
});

test('lists the predefined configurations for Lambda', async () => {
  const names: string[] = [];
  for await (const page of paginateListDeploymentConfigs({ client }, {}))
    names.push(...(page.deploymentConfigsList ?? []));

  expect(names.filter((config) => config.startsWith('CodeDeployDefault.Lambda'))).toHaveLength(9);
});
