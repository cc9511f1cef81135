import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Shift } from '../environment.js';
import { ShiplineStack } from '../shipline-stack.js';
import { policyOf } from './policy-dependency.js';
import { alarmPeriod, ServiceAlarm } from './service-alarm.js';
import type { ServiceFunction } from './service-function.js';
import type { ServiceReleases } from './service-releases.js';

const runbook = 'docs/runbooks/release-taken-back.md';

/**
 * How a new version of a function takes over: CodeDeploy has it checked, moves the alias `live` at the environment's
 * speed, and takes everything back when an alarm rings. The alarms look at the new version alone and are made anew
 * with it: whatever is wrong with the old one cannot hold up its successor, and no traffic is no failure.
 */
export class GradualRelease extends Construct {
  constructor(
    private readonly fn: ServiceFunction,
    releases: ServiceReleases,
  ) {
    super(fn, 'Release');
    const { release } = ShiplineStack.of(this).environmentData;
    const alarms = [this.errors(release.errors), ...this.latency(release.apiLatencyMs)];
    const group = new CfnDeploymentGroup(this, 'Group', {
      applicationName: releases.applicationName,
      deploymentGroupName: fn.props.name,
      serviceRoleArn: releases.role.roleArn,
      deploymentConfigName: configurationOf(release.shift),
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: alarms.map(({ alarmName }) => ({ name: alarmName })) },
      autoRollbackConfiguration: { enabled: true, events: [...takenBackOn] },
    });
    releases.admit(fn);
    this.shiftBy(group, releases);
  }

  private errors(threshold: number): ServiceAlarm {
    return new ServiceAlarm(this, 'Errors', {
      name: this.alarmName('errors'),
      metric: this.metric('Errors', Stats.SUM),
      threshold,
      userImpact: `A new version fails for some: ${this.fn.props.userImpact}`,
      runbook,
    });
  }

  /** Only what people wait for has a limit of its own; a task's time-out is its limit. */
  private latency(threshold: number): ServiceAlarm[] {
    if (this.fn.props.kind !== 'api') return [];
    const alarm = new ServiceAlarm(this, 'Latency', {
      name: this.alarmName('latency'),
      metric: this.metric('Duration', Stats.percentile(99)),
      threshold,
      // One slow minute is a cold start or a neighbour.
      periods: { evaluated: 3, breaching: 2 },
      userImpact: `A new version keeps some waiting: ${this.fn.props.userImpact}`,
      runbook,
    });
    return [alarm];
  }

  /** With the version's number, so that each version has an alarm of its own. */
  private alarmName(what: string): string {
    const { service, name } = this.fn.props;
    return `${service}-${name}-new-version-${what}-${this.fn.function.currentVersion.version}`;
  }

  private metric(metricName: string, statistic: string): Metric {
    const { functionName, currentVersion } = this.fn.function;
    return new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: {
        FunctionName: functionName,
        Resource: `${functionName}:${this.fn.alias.aliasName}`,
        ExecutedVersion: currentVersion.version,
      },
      statistic,
      period: alarmPeriod,
    });
  }

  /** CloudFormation hands each change of the alias's version to CodeDeploy, once all that this needs is there. */
  private shiftBy(group: CfnDeploymentGroup, { applicationName, check, role }: ServiceReleases): void {
    const alias = this.fn.alias.node.defaultChild as CfnAlias;
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: {
        applicationName,
        deploymentGroupName: group.ref,
        beforeAllowTrafficHook: check.function.functionName,
      },
    };
    // What CodeDeploy may do stands beside its role, and names the check: both are there before the alias moves.
    alias.addResourceDependency(policyOf(role));
  }
}

const takenBackOn = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] as const;

/** CodeDeploy's predefined configurations: their names say what they do, on every account. */
function configurationOf(shift: Shift): string {
  switch (shift.kind) {
    case 'all-at-once':
      return 'CodeDeployDefault.LambdaAllAtOnce';
    case 'canary':
      return `CodeDeployDefault.LambdaCanary10Percent${shift.minutes}Minutes`;
    case 'linear':
      return `CodeDeployDefault.LambdaLinear10PercentEvery${shift.everyMinutes}Minute${shift.everyMinutes === 1 ? '' : 's'}`;
  }
}
