import type { DeploymentInfo, LambdaTarget } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { alarmRow } from '../../src/console/readers/alarms.js';
import { deploymentRow, minutesOf } from '../../src/console/readers/deployment-row.js';
import { functionRow } from '../../src/console/readers/functions.js';
import { machineRow } from '../../src/console/readers/machine.js';
import { orderRow, pathOf, withoutExecution } from '../../src/console/readers/orders.js';
import { queueRow } from '../../src/console/readers/queues.js';
import { countsFrom } from '../../src/console/readers/version-counts.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const prefix = 'shipline-local-';

describe('a function', () => {
  it('has the version of its alias, and the next one with its share', () => {
    expect(functionRow('orders-api', undefined)).toEqual({ name: 'orders-api' });
    expect(functionRow('orders-api', { FunctionVersion: '3' })).toEqual({
      name: 'orders-api',
      live: { version: '3' },
    });
    const RoutingConfig = { AdditionalVersionWeights: { '4': 0.1 } };
    expect(functionRow('orders-api', { FunctionVersion: '3', RoutingConfig }).live).toEqual({
      version: '3',
      next: { version: '4', weight: 0.1 },
    });
  });
});

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

describe('a queue', () => {
  const attributes = { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' };

  it('has a depth, an age and what is at work', () => {
    expect(queueRow('orders-on-payment-captured', attributes, 90)).toEqual({
      name: 'orders-on-payment-captured',
      deadLetters: false,
      waiting: 2,
      inFlight: 1,
      ageSeconds: 90,
    });
    expect(queueRow('orders-on-payment-captured-dead-letters', {}, undefined).deadLetters).toBe(true);
  });

  it('that is empty has no age, whatever was measured before', () => {
    expect(queueRow('q', { ApproximateNumberOfMessages: '0' }, 90)).not.toHaveProperty('ageSeconds');
  });
});

it('shows the versions of a state machine with their shares', () => {
  const arn = 'arn:aws:states:us-east-1:100000000001:stateMachine:shipline-local-checkout';
  const routingConfiguration = [
    { stateMachineVersionArn: `${arn}:10`, weight: 10 },
    { stateMachineVersionArn: `${arn}:9`, weight: 90 },
  ];

  expect(machineRow({ routingConfiguration }, 'checkout').routes).toEqual([
    { version: '9', weight: 0.9 },
    { version: '10', weight: 0.1 },
  ]);
});

describe('an order', () => {
  const started = { executionArn: 'arn', stateMachineArn: 'arn', startDate: new Date(noon) };
  const entered = (name: string) => ({
    id: 1,
    timestamp: new Date(noon),
    type: 'TaskStateEntered' as const,
    stateEnteredEventDetails: { name },
  });

  it('walks the states that its checkout has entered', () => {
    const scheduled = { id: 2, timestamp: new Date(noon), type: 'TaskScheduled' as const };

    expect(pathOf([entered('Authorise'), scheduled, entered('CommitStock')])).toEqual([
      'Authorise',
      'CommitStock',
    ]);
  });

  it.each([
    ['RUNNING', 'placed', 'running'],
    ['RUNNING', 'confirmed', 'running'],
    ['SUCCEEDED', 'confirmed', 'done'],
    ['SUCCEEDED', 'placed', 'waiting'],
    ['SUCCEEDED', 'cancelling', 'waiting'],
    ['SUCCEEDED', undefined, 'done'],
    ['FAILED', 'review', 'failed'],
    ['FAILED', 'refused', 'done'],
    ['FAILED', undefined, 'failed'],
  ] as const)('whose checkout is %s and that is %s is %s', (execution, status, state) => {
    const row = orderRow({ ...started, name: 'ord_1.2', status: execution }, [], status);

    expect(row).toMatchObject({ orderId: 'ord_1', state });
  });

  it('that is open without a checkout is shown as well, and no order twice', () => {
    const row = orderRow({ ...started, name: 'ord_1', status: 'RUNNING' }, [], 'placed');
    const open = ['ord_1', 'ord_2'].map((orderId) => ({
      orderId,
      status: 'placed',
      openSince: new Date(noon).toISOString(),
    }));

    expect(withoutExecution(open, [row])).toEqual([
      { orderId: 'ord_2', state: 'waiting', status: 'placed', path: [], startedAt: noon },
    ]);
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
