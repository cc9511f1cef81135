import { RemovalPolicy } from 'aws-cdk-lib';
import { type Attribute, AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { pascalCase, type ServiceName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { type TableSchema, tables } from '../tables.js';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** A service's one table: on demand, restorable to any second of 35 days, protected where state lives. */
export class ServiceTable extends Table {
  constructor(scope: Construct, service: ServiceName) {
    const { protectsState } = ShiplineStack.of(scope).environmentData;
    const schema: TableSchema = tables[service];
    super(scope, `${pascalCase(service)}Table`, {
      partitionKey: text(schema.partitionKey),
      ...(schema.sortKey && { sortKey: text(schema.sortKey) }),
      ...(schema.timeToLive && { timeToLiveAttribute: schema.timeToLive }),
      ...(schema.stream && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: protectsState,
      removalPolicy: protectsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const [indexName, { partitionKey, sortKey }] of Object.entries(schema.indexes ?? {}))
      this.addGlobalSecondaryIndex({ indexName, partitionKey: text(partitionKey), sortKey: text(sortKey) });
    this.tell(service, schema);
  }

  private tell(service: ServiceName, schema: TableSchema): void {
    const stack = ShiplineStack.of(this);
    stack.publish(stack.names.tableName(service), this.tableName);
    if (schema.stream && this.tableStreamArn)
      stack.publish(stack.names.tableStreamArn(service), this.tableStreamArn);
    stack.output('TableName', this.tableName);
  }
}
