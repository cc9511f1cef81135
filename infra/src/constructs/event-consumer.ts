import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { alarmOnBacklog, DeadLetterQueue } from './dead-letter-queue.js';
import type { ServiceFunction } from './service-function.js';

/** What is needed of an event's contract. */
export interface EventContract {
  /** `order.confirmed.v1` */
  readonly type: string;
  /** `shipline.orders` */
  readonly source: string;
}

export interface EventConsumerProps {
  readonly bus: IEventBus;
  readonly event: EventContract;
  readonly handler: ServiceFunction;
  /** The most that may run at a time, at least 2; absent = as many as there is work. */
  readonly maxConcurrency?: number;
}

const BATCH_SIZE = 10;
const MAX_RECEIVES = 5;

/**
 * Bus -> rule -> queue -> function, message by message: one that fails comes back alone, and after five
 * attempts waits among the dead letters. What the bus cannot deliver to the queue goes there too.
 */
export class EventConsumer extends Construct {
  readonly queue: Queue;
  /** By name. */
  readonly queueName: string;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { bus, event, handler, maxConcurrency } = props;
    const { service, name, userImpact } = handler.props;
    const qualified = `${service}-${name}`;
    this.deadLetters = new DeadLetterQueue(this, {
      name: `${qualified}-dead-letters`,
      userImpact,
      runbook: 'docs/runbooks/dead-letters.md',
    });
    this.queueName = physicalName(ShiplineStack.of(this).environmentData.name, qualified);
    this.queue = new Queue(this, 'Queue', {
      queueName: this.queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS's advice: six times the function's time-out, so that no message is handed out twice.
      visibilityTimeout: Duration.seconds(6 * (handler.function.timeout?.toSeconds() ?? 0)),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `${event.type} of ${event.source} for ${qualified}`,
      eventPattern: { source: [event.source], detailType: [event.type] },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
    handler.alias.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        ...(maxConcurrency !== undefined && { maxConcurrency }),
      }),
    );
    alarmOnBacklog(this.queue, qualified, userImpact);
  }
}
