import type { DeploymentInfo, LambdaTarget } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { deploymentRow, minutesOf } from '../../src/releases/deployment-row.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const prefix = 'shipline-local-';

describe('a release', () => {
  const info: DeploymentInfo = {
    deploymentId: 'd-1',
    applicationName: 'shipline-local-orders',
    deploymentGroupName: 'api',
    status: 'InProgress',
    createTime: new Date(noon),
  };
  const stage = (running: string, startTime = noon): LambdaTarget => ({
    lambdaFunctionInfo: {
      functionName: 'shipline-local-orders-api',
      functionAlias: 'live',
      currentVersion: '1',
      targetVersion: '2',
      targetVersionWeight: 10,
    },
    lifecycleEvents: [{ lifecycleEventName: running, status: 'InProgress', startTime: new Date(startTime) }],
  });
  const routing = {
    type: 'TimeBasedCanary',
    timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 },
  } as const;

  it.each([
    ['BeforeAllowTraffic', 'checking'],
    ['AllowTraffic', 'shifting'],
    ['AfterAllowTraffic', 'finishing'],
  ])('in %s is %s', (event, state) => {
    expect(deploymentRow({ info, target: stage(event) }, prefix, 60)).toMatchObject({
      name: 'orders-api',
      from: '1',
      to: '2',
      state,
      weight: 0.1,
    });
  });

  it.each(['Pending', 'Skipped'] as const)('stays in its stage while the next one is %s', (status) => {
    const lifecycleEvents: LambdaTarget['lifecycleEvents'] = [
      { lifecycleEventName: 'BeforeAllowTraffic', status: 'Succeeded' },
      { lifecycleEventName: 'AllowTraffic', status },
    ];
    const between = { ...stage('BeforeAllowTraffic'), lifecycleEvents };

    expect(deploymentRow({ info, target: between }, prefix, 60).state).toBe('checking');
  });

  it('that has not started is called by its group', () => {
    const row = deploymentRow({ info: { ...info, status: 'Created' }, target: undefined }, prefix, 60);

    expect(row).toMatchObject({ name: 'orders-api', state: 'waiting', weight: 0 });
  });

  it('is due when its shift has lasted as long as its configuration says, in minutes that may be short', () => {
    const target = stage('AllowTraffic', noon + 1000);

    expect(deploymentRow({ info, target, routing }, prefix, 60).dueAt).toBe(noon + 301_000);
    expect(deploymentRow({ info, target, routing }, prefix, 2).dueAt).toBe(noon + 11_000);
    expect(
      deploymentRow({ info, target: stage('BeforeAllowTraffic'), routing }, prefix, 60),
    ).not.toHaveProperty('dueAt');
  });

  it('that was taken back has none of the traffic and says why', () => {
    const failed = {
      ...info,
      status: 'Stopped' as const,
      completeTime: new Date(noon + 4000),
      errorInformation: { code: 'ALARM_ACTIVE' as const, message: 'One alarm rings.' },
    };

    expect(deploymentRow({ info: failed, target: stage('AllowTraffic') }, prefix, 60)).toMatchObject({
      state: 'taken back',
      weight: 0,
      reason: 'One alarm rings.',
      endedAt: noon + 4000,
    });
  });

  it('takes no time all at once, and ten steps of a tenth take nine intervals', () => {
    const linear = {
      type: 'TimeBasedLinear',
      timeBasedLinear: { linearPercentage: 10, linearInterval: 3 },
    } as const;

    expect(minutesOf({ type: 'AllAtOnce' })).toBe(0);
    expect(minutesOf(routing)).toBe(5);
    expect(minutesOf(linear)).toBe(27);
  });
});
