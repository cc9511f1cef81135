import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';

/** A page that says how to look and how to mend; a test checks that it exists. */
export type Runbook = `docs/runbooks/${string}.md`;

export interface ServiceAlarmProps {
  /** What happened, below the environment's name: `orders-api-faults`. */
  readonly name: string;
  readonly metric: IMetric;
  /** The alarm rings at this value and above it. */
  readonly threshold: number;
  /** In how many of how many periods in a row; absent = in one. */
  readonly periods?: { readonly evaluated: number; readonly breaching: number };
  /** What users feel meanwhile, in one sentence. */
  readonly userImpact: string;
  readonly runbook: Runbook;
  /** Whom it tells. `release`: nobody; what shifts traffic watches it and says itself what it took back. Absent = people. */
  readonly tells?: 'people' | 'release';
}

/** An alarm that tells whoever it wakes, through the environment's topic, what users feel and where to begin. */
export class ServiceAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ServiceAlarmProps) {
    const { environmentData, alarmTopicArn: alarmActionArn } = ShiplineStack.of(scope);
    super(scope, id, {
      alarmName: physicalName(environmentData.name, props.name),
      alarmDescription: `${props.userImpact} Runbook: ${props.runbook}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods?.evaluated ?? 1,
      ...(props.periods && { datapointsToAlarm: props.periods.breaching }),
      // Nothing measured is nothing wrong: queues and functions without traffic report no data.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (props.tells !== 'release') this.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}

/** How often queues and streams report. */
export const alarmPeriod = Duration.minutes(1);
