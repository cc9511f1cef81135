import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { alarmPeriod, type Runbook, ServiceAlarm } from './service-alarm.js';

export interface DeadLetterQueueProps {
  /** Below the environment's name; it ends in `-dead-letters`. */
  readonly name: `${string}-dead-letters`;
  readonly userImpact: string;
  readonly runbook: Runbook;
}

/** What could not be handled waits here for 14 days, and rings at once. */
export class DeadLetterQueue extends Queue {
  /** By name. */
  readonly ownName: string;

  constructor(scope: Construct, { name, userImpact, runbook }: DeadLetterQueueProps) {
    const queueName = physicalName(ShiplineStack.of(scope).environmentData.name, name);
    super(scope, 'DeadLetters', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.ownName = queueName;
    new ServiceAlarm(this, 'Alarm', {
      name,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
      userImpact,
      runbook,
    });
  }
}

/** Rings when messages wait too long. */
export function alarmOnBacklog(queue: Queue & IQueue, name: string, userImpact: string): ServiceAlarm {
  const { backlogSeconds } = ShiplineStack.of(queue).environmentData.alarms;
  return new ServiceAlarm(queue, 'Backlog', {
    name: `${name}-backlog`,
    metric: queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
    threshold: backlogSeconds,
    userImpact,
    runbook: 'docs/runbooks/backlog.md',
  });
}
