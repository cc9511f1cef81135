import { physicalName } from '@shipline/infra';
import {
  type CfnPipeline,
  type Conditions,
  type FailureConditions,
  Result,
  Rule,
  type RuleProps,
} from 'aws-cdk-lib/aws-codepipeline';
import type { DeliveredEnvironment } from '../../accounts/names.js';
import type { DeploymentWindow, Stage } from '../../delivery/stage.js';

/** Rings when customers cannot order. The rule asks for it with a role of the environment's own account. */
const watchedAlarm = 'orders-api-faults';
/** How long the alarm is watched after the last gate of a stage that has a window: where people buy. */
const WATCHED_MINUTES = 15;

export interface StageConditions {
  readonly beforeEntry?: Conditions;
  readonly onSuccess?: Conditions;
  readonly onFailure?: FailureConditions;
}

/** @param alarmReader the role with which an environment's alarms are asked. */
export function conditionsOf(
  stage: Stage,
  alarmReader: (environment: DeliveredEnvironment) => string,
): StageConditions {
  const { name, environment, window } = stage;
  return {
    ...(window && { beforeEntry: windowOf(name, window) }),
    ...(window &&
      environment && {
        onSuccess: quiet(name, physicalName(environment, watchedAlarm), alarmReader(environment)),
      }),
    // What was live before is live again, by the release that it came with.
    ...(deploys(stage) && { onFailure: { result: Result.ROLLBACK } }),
  };
}

export const deploys = ({ jobs }: Stage) => jobs.some(({ role }) => role === 'deploy');

const windowOf = (name: string, window: DeploymentWindow): Conditions => ({
  conditions: [
    {
      result: Result.FAIL,
      rules: [
        new Rule({
          name: `${name}-window`,
          provider: 'DeploymentWindow',
          version: '1',
          configuration: { Cron: cronOf(window), TimeZone: 'UTC' },
        }),
      ],
    },
  ],
});

/** Seconds, minutes, hours, day of the month, month, days of the week, year. */
export const cronOf = ({ days, hours: [from, to] }: DeploymentWindow) =>
  `* * ${from}-${to - 1} ? * ${days} *`;

const quiet = (name: string, alarm: string, roleArn: string): Conditions => ({
  conditions: [
    {
      result: Result.ROLLBACK,
      rules: [
        new RuleElsewhere(
          {
            name: `${name}-quiet`,
            provider: 'CloudWatchAlarm',
            version: '1',
            configuration: { AlarmName: alarm, AlarmStates: 'OK', WaitTime: String(WATCHED_MINUTES) },
          },
          roleArn,
        ),
      ],
    },
  ],
});

/** A rule that is asked in another account: the CDK's own takes only roles of its own app. */
class RuleElsewhere extends Rule {
  constructor(
    props: RuleProps,
    private readonly roleArn: string,
  ) {
    super(props);
  }

  override _render(): CfnPipeline.RuleDeclarationProperty {
    return { ...super._render(), roleArn: this.roleArn };
  }
}
