import { randomUUID } from 'node:crypto';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackRollbackComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { App, CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  TrafficRouting,
} from 'aws-cdk-lib/aws-codedeploy';
import { Alias, Code, type IVersion, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, expect, test } from 'vitest';

/** What CDK makes of a LambdaDeploymentGroup, deployed as it is. */
const formation = new CloudFormationClient({});
const codedeploy = new CodeDeployClient({});
const lambda = new LambdaClient({});
const alarms = new CloudWatchClient({});
const StackName = `codedeploy-cdk-${randomUUID().slice(0, 8)}`;
const patient = { client: formation, maxWaitTime: 100, minDelay: 1 };
const Capabilities = ['CAPABILITY_IAM' as const];

function template(answer: string): string {
  const app = new App();
  const stack = new Stack(app, StackName, {
    // The casts: CDK's classes do not fit its interfaces under exactOptionalPropertyTypes.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
  });
  const handler = new Lambda(stack, 'Function', {
    functionName: StackName,
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(`exports.handler = async () => '${answer}';`),
  });
  const alias = new Alias(stack, 'Live', { aliasName: 'live', version: handler.currentVersion as IVersion });
  const application = new LambdaApplication(stack, 'Application');
  new LambdaDeploymentGroup(stack, 'Group', {
    application,
    alias,
    deploymentConfig: new LambdaDeploymentConfig(stack, 'Config', {
      trafficRouting: TrafficRouting.allAtOnce(),
    }),
    alarms: [
      new Alarm(stack, 'Alarm', {
        alarmName: StackName,
        metric: new Metric({ namespace: 'test', metricName: StackName }),
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.IGNORE,
      }),
    ],
  });
  new CfnOutput(stack, 'Name', { value: application.applicationName });
  return JSON.stringify(app.synth().getStackByName(StackName).template);
}

const update = (answer: string) =>
  formation.send(new UpdateStackCommand({ StackName, TemplateBody: template(answer), Capabilities }));

const liveVersion = async () =>
  (await lambda.send(new GetAliasCommand({ FunctionName: StackName, Name: 'live' }))).FunctionVersion;

/** Statuses and error codes, the youngest first. */
async function deployments(): Promise<string[]> {
  const { Stacks: [stack] = [] } = await formation.send(new DescribeStacksCommand({ StackName }));
  const applicationName = stack?.Outputs?.[0]?.OutputValue;
  const { deployments: deploymentIds = [] } = await codedeploy.send(
    new ListDeploymentsCommand({ applicationName }),
  );
  if (deploymentIds.length === 0) return [];
  const { deploymentsInfo = [] } = await codedeploy.send(new BatchGetDeploymentsCommand({ deploymentIds }));
  return deploymentsInfo.map(({ status = '', errorInformation }) =>
    [status, errorInformation?.code].filter(Boolean).join(' '),
  );
}

afterAll(async () => {
  await formation.send(new DeleteStackCommand({ StackName }));
});

test('deploys new versions by CodeDeploy, and rolls the stack back at a red alarm', async () => {
  await formation.send(new CreateStackCommand({ StackName, TemplateBody: template('one'), Capabilities }));
  await waitUntilStackCreateComplete(patient, { StackName });
  expect([await liveVersion(), await deployments()]).toEqual(['1', []]);

  await update('two');
  await waitUntilStackUpdateComplete(patient, { StackName });
  expect([await liveVersion(), await deployments()]).toEqual(['2', ['Succeeded']]);

  await alarms.send(
    new SetAlarmStateCommand({ AlarmName: StackName, StateValue: 'ALARM', StateReason: 'the test' }),
  );
  await update('three');
  await waitUntilStackRollbackComplete(patient, { StackName });
  expect([await liveVersion(), await deployments()]).toEqual(['2', ['Stopped ALARM_ACTIVE', 'Succeeded']]);
});
