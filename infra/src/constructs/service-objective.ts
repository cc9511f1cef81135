import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarmRule,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import type { Runbook } from './service-alarm.js';

export interface ServiceObjectiveProps {
  /** Below the environment's name: `checkout-availability`. */
  readonly name: string;
  /** What is to be good, in per cent of the total: 99.9. */
  readonly percent: number;
  /** How many were bad, and how many there were, in each period. */
  readonly bad: (period: Duration) => IMetric;
  readonly total: (period: Duration) => IMetric;
  /** What users feel while the budget burns, in one sentence. */
  readonly userImpact: string;
  readonly runbook: Runbook;
}

interface Window {
  /** How many times faster than the budget allows. */
  readonly burn: number;
  /** Long enough that it matters, and short enough that it still goes on. */
  readonly long: Duration;
  readonly short: Duration;
}

/**
 * The windows and rates of the SRE workbook, "Alerting on SLOs", for a budget of 30 days: fast burns take 2 % of it in an
 * hour or 5 % in six, slow ones 10 % in a day.
 */
const windows: Readonly<Record<'fast' | 'slow', readonly Window[]>> = {
  fast: [
    { burn: 14.4, long: Duration.hours(1), short: Duration.minutes(5) },
    { burn: 6, long: Duration.hours(6), short: Duration.minutes(30) },
  ],
  slow: [{ burn: 3, long: Duration.days(1), short: Duration.hours(2) }],
};

/**
 * An objective of a service, and two alarms that ring while its budget of failures burns too fast: each when a long
 * window and a short one say so, and silent again as soon as the short one is over.
 */
export class ServiceObjective extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceObjectiveProps,
  ) {
    super(scope, id);
    for (const speed of ['fast', 'slow'] as const) this.alarm(speed);
  }

  private alarm(speed: keyof typeof windows): void {
    const stack = ShiplineStack.of(this);
    const { alarmTopicArn: alarmActionArn } = stack;
    const alarm = new CompositeAlarm(this, `${speed}-burn`, {
      compositeAlarmName: this.alarmName(`${speed}-burn`),
      alarmDescription: this.description,
      alarmRule: AlarmRule.anyOf(...windows[speed].map((window) => this.burns(window))),
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }

  private burns({ burn, long, short }: Window): IAlarmRule {
    return AlarmRule.allOf(
      ...[long, short].map((period) => AlarmRule.fromAlarm(this.rate(period, burn), AlarmState.ALARM)),
    );
  }

  /** Tells nobody by itself; few failures are no trend, however large their share of few requests. */
  private rate(period: Duration, burn: number): Alarm {
    const { percent, bad, total } = this.props;
    const { leastFailures } = ShiplineStack.of(this).environmentData.objectives;
    const budget = Number((1 - percent / 100).toFixed(6));
    const hours = period.toHours({ integral: false });
    const window = hours < 1 ? `${period.toMinutes()}m` : `${hours}h`;
    return new Alarm(this, window, {
      alarmName: this.alarmName(`burn-${window}`),
      alarmDescription: this.description,
      metric: new MathExpression({
        expression: `IF(bad >= ${leastFailures}, bad / total / ${budget}, 0)`,
        usingMetrics: { bad: bad(period), total: total(period) },
        label: `budget burnt, times what ${percent} % allow`,
        period,
      }),
      threshold: burn,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private get description(): string {
    return `${this.props.userImpact} Runbook: ${this.props.runbook}`;
  }

  private alarmName(what: string): string {
    return physicalName(ShiplineStack.of(this).environmentData.name, this.props.name, what);
  }
}
