import { Fn } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  type StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Shift } from '../environment.js';
import { ShiplineStack } from '../shipline-stack.js';
import { alarmPeriod, ServiceAlarm } from './service-alarm.js';

/**
 * How a new version of a state machine takes over: CloudFormation moves its alias `live` at the environment's speed,
 * and back when executions behind `live` fail. An execution keeps the version that it was started with.
 */
export class StateMachineRelease extends Construct {
  constructor(scope: Construct, machine: StateMachine, name: string) {
    super(scope, 'Release');
    const { release } = ShiplineStack.of(this).environmentData;
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: machine.stateMachineArn,
      stateMachineRevisionId: machine.stateMachineRevisionId,
    });
    const number = Fn.select(7, Fn.split(':', version.ref));
    const alarm = new ServiceAlarm(this, 'Failures', {
      // Made anew with each version, in a state that stops no start; it still sees the minutes just before (ADR 15).
      name: `${name}-release-failures-${number}`,
      metric: new Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        // Started with an alias, an execution counts under the alias; whether also under the version AWS does not say.
        dimensionsMap: { StateMachineArn: machine.stateMachineArn, Alias: 'live' },
        statistic: Stats.SUM,
        period: alarmPeriod,
      }),
      threshold: release.errors,
      userImpact: 'Orders are left in review; a new version of the checkout that takes over is taken back.',
      runbook: 'docs/runbooks/release-taken-back.md',
      // It outlives the release and counts every failure behind `live`: people hear of those from `checkout-parked`.
      tells: 'release',
    });
    new CfnStateMachineAlias(this, 'Live', {
      name: 'live',
      deploymentPreference: {
        stateMachineVersionArn: version.ref,
        ...preferenceOf(release.shift),
        alarms: [alarm.alarmName],
      },
    });
  }
}

/** The same speeds that functions have, in the words of Step Functions; `interval` is in minutes. */
function preferenceOf(shift: Shift): { type: string; percentage?: number; interval?: number } {
  switch (shift.kind) {
    case 'all-at-once':
      return { type: 'ALL_AT_ONCE' };
    case 'canary':
      return { type: 'CANARY', percentage: 10, interval: shift.minutes };
    case 'linear':
      return { type: 'LINEAR', percentage: 10, interval: shift.everyMinutes };
  }
}
