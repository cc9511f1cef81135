import type { DeploymentInfo, LambdaTarget } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { alarmRow } from '../../src/releases/alarms.js';
import { deploymentRow, minutesOf } from '../../src/releases/deployment-row.js';
import { countsFrom } from '../../src/releases/version-counts.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const prefix = 'shipline-local-';

describe('an alarm', () => {
  const alarm = {
    AlarmName: 'shipline-local-checkout-parked',
    StateValue: 'ALARM',
    StateReason: 'two of two',
  } as const;

  it('says what users feel and where to begin, as its description does', () => {
    const AlarmDescription = 'A customer waits. Runbook: docs/runbooks/orders-in-review.md';
    const StateTransitionedTimestamp = new Date(noon);
    const StateUpdatedTimestamp = new Date(noon + 5000);

    expect(
      alarmRow({ ...alarm, AlarmDescription, StateTransitionedTimestamp, StateUpdatedTimestamp }, prefix),
    ).toEqual({
      name: 'checkout-parked',
      state: 'ALARM',
      since: noon,
      userImpact: 'A customer waits.',
      runbook: 'docs/runbooks/orders-in-review.md',
      reason: 'two of two',
    });
  });

  it('without a runbook keeps all of its description', () => {
    const row = alarmRow({ ...alarm, AlarmDescription: 'Made by hand.' }, prefix);

    expect(row.userImpact).toBe('Made by hand.');
    expect(row).not.toHaveProperty('runbook');
  });
});

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

  it('counts what either version did over all periods', () => {
    const results = [
      { Id: 'oldRequests', Values: [40, 2] },
      { Id: 'newRequests', Values: [5] },
      { Id: 'newErrors', Values: [1, 1] },
    ];

    expect(countsFrom(results)).toEqual({
      old: { requests: 42, errors: 0 },
      new: { requests: 5, errors: 2 },
    });
  });
});
