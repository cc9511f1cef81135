import { randomUUID } from 'node:crypto';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { CheckFailed } from '@shipline/lambda-kit/release-checks';
import { DeploymentReader } from '@shipline/tooling/releases/deployments';
import { whyTakenBack } from '@shipline/tooling/releases/taken-back';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createShiftingStack, type ShiftingStack } from '../support/shifting-stack.js';

const codeDeploy = new CodeDeployClient({});
const cloudWatch = new CloudWatchClient({});
const logs = new CloudWatchLogsClient({});
const prefix = `release-watch-${randomUUID().slice(0, 8)}-`;
const applicationName = `${prefix}catalog`;
const patient = { timeout: 60_000 };

/** CodeDeploy's part of a release is the local one; the alarm and the check's log are written by the tests. */
describe('a release that is watched', () => {
  let stack: ShiftingStack;
  const began = new Date();

  beforeAll(async () => {
    stack = await createShiftingStack(applicationName);
    await codeDeploy.send(new CreateApplicationCommand({ applicationName, computePlatform: 'Lambda' }));
  });
  afterAll(async () => {
    await codeDeploy.send(new DeleteApplicationCommand({ applicationName }));
    await stack.remove();
  });

  const deploy = async (group: string, alarms: string[], hook?: string): Promise<string> => {
    await codeDeploy.send(
      new CreateDeploymentGroupCommand({
        applicationName,
        deploymentGroupName: group,
        serviceRoleArn: stack.roleArn,
        deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent30Minutes',
        deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
        autoRollbackConfiguration: {
          enabled: true,
          events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
        alarmConfiguration: { enabled: alarms.length > 0, alarms: alarms.map((name) => ({ name })) },
      }),
    );
    const properties = { Name: stack.functionName, Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
    const content = JSON.stringify({
      version: 0.0,
      Resources: [{ Function: { Type: 'AWS::Lambda::Function', Properties: properties } }],
      ...(hook && { Hooks: [{ BeforeAllowTraffic: hook }] }),
    });
    const { deploymentId = '' } = await codeDeploy.send(
      new CreateDeploymentCommand({
        applicationName,
        deploymentGroupName: group,
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
      }),
    );
    return deploymentId;
  };

  const takenBack = async (deploymentId: string) => {
    const reader = new DeploymentReader({ codeDeploy, cloudWatch }, prefix, began.getTime());
    return vi.waitFor(async () => {
      const row = (await reader.read(Date.now(), 60)).find(({ id }) => id === deploymentId);
      if (row?.state !== 'taken back') throw new Error(`${deploymentId} is ${row?.state}`);
      return row;
    }, patient);
  };
  const nameOf = () => stack.functionName.replace(prefix, '');

  it('is told by its alarm why it was taken back, also when the alarm has gone with its version', async () => {
    const AlarmName = `${stack.functionName}-new-version-errors-2`;
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'test',
        MetricName: prefix,
        Period: 60,
        Statistic: 'Sum',
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'ignore',
      }),
    );
    const deploymentId = await deploy('by-alarm', [AlarmName]);
    await cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: '7 of 9 were errors' }),
    );
    const release = await takenBack(deploymentId);
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));

    const [head, ...why] = await whyTakenBack({ cloudWatch, logs }, release, prefix);

    expect(head).toMatch(`Taken back: ${nameOf()} 2 -> 1: `);
    expect(why).toEqual([
      `  ${AlarmName} rang: 7 of 9 were errors`,
      '  What to do: docs/runbooks/release-taken-back.md',
    ]);
  });

  it('is told by the log of its check what was expected, and what came', async () => {
    const logGroupName = `/aws/lambda/${prefix}catalog-check-release`;
    const deploymentId = await deploy('by-check', [], `${applicationName}-is-no-function`);
    const release = await takenBack(deploymentId);
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }));
    const { expected, actual } = new CheckFailed('a price', { price: '1900' });
    const line = { message: 'release check failed', check: 'shows a product', expected, actual };
    const said = (more: object) => ({
      timestamp: Date.now(),
      message: JSON.stringify({ correlationId: `synthetic-${deploymentId}`, ...more }),
    });
    const other = {
      timestamp: Date.now(),
      message: JSON.stringify({ ...line, correlationId: 'synthetic-d-OTHER' }),
    };
    const runtimes = { timestamp: Date.now(), message: `START ${deploymentId}` };
    await logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: 'one',
        logEvents: [other, runtimes, said({ message: 'handled' }), said(line)],
      }),
    );

    // A function of the service catalog; the stack's own has a name that CloudFormation made.
    const [, ...why] = await whyTakenBack({ cloudWatch, logs }, { ...release, name: 'catalog-api' }, prefix);
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));

    expect(why).toEqual([
      '  catalog-api:2 does not do this: shows a product. Expected a price, got {"price":"1900"}',
      '  What to do: docs/runbooks/release-taken-back.md',
    ]);
  });
});
