import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { accept, reasons } from '../nag.js';
import { pascalCase, type ServiceName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { DeadLetterQueue } from './dead-letter-queue.js';
import { alarmPeriod, ServiceAlarm } from './service-alarm.js';
import type { ServiceFunction } from './service-function.js';
import type { TableAccess } from './table-access.js';

export interface TableRelayProps<S extends ServiceName> {
  readonly table: TableAccess<S>;
  readonly bus: IEventBus;
  readonly relay: ServiceFunction;
}

/**
 * While the bus is out of order, each attempt lasts most of the relay's minute: eight minutes at the
 * least. A record of which no
 * event can be made fails at once, and holds up those behind it for seconds only.
 */
const RETRIES = 10;

/**
 * The outbox: the table's own stream -> relay -> bus. A batch that fails is halved until the record that fails
 * is alone; after its retries a pointer to it waits in the failure queue, and rings (the record itself dies with
 * the stream after 24 h).
 */
export class TableRelay<S extends ServiceName> extends Construct {
  constructor(scope: Construct, id: string, { table, bus, relay }: TableRelayProps<S>) {
    super(scope, id);
    const { service, name, userImpact } = relay.props;
    const failures = new DeadLetterQueue(this, {
      name: `${service}-${name}-dead-letters`,
      userImpact,
      runbook: 'docs/runbooks/relay-failures.md',
    });
    accept(failures, {
      'AwsSolutions-SQS3': 'This is a failure queue itself: nothing consumes it but people.',
    });
    this.allowStream(table, relay);
    bus.grantPutEventsTo(relay);
    relay.setVariable('EVENT_BUS_NAME', bus.eventBusName);
    new EventSourceMapping(this, 'Stream', {
      target: relay.alias,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(failures),
      // Deletions tell nothing.
      filters: [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY') })],
    });
    this.alarmOnLag(relay);
  }

  private allowStream(table: TableAccess<S>, relay: ServiceFunction): void {
    const everyStream = `${table.tableArn}/stream/*`;
    relay
      .allow(
        ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        [table.streamArn],
      )
      .allow(['dynamodb:ListStreams'], [everyStream]);
    const parameter = `${pascalCase(table.service)}TableNameValue`;
    const { region, account } = ShiplineStack.of(this);
    accept(relay.role, {
      [`AwsSolutions-IAM5[Resource::arn:aws:dynamodb:${region}:${account}:table/<${parameter}>/stream/*]`]:
        reasons.namedByAws,
    });
  }

  private alarmOnLag(relay: ServiceFunction): void {
    const { service, name, userImpact } = relay.props;
    new ServiceAlarm(this, 'Lag', {
      name: `${service}-${name}-lag`,
      metric: relay.alias.metric('IteratorAge', { statistic: 'Maximum', period: alarmPeriod }),
      threshold: ShiplineStack.of(this).environmentData.alarms.backlogSeconds * 1000,
      userImpact,
      runbook: 'docs/runbooks/relay-failures.md',
    });
  }
}
