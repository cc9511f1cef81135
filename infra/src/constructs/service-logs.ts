import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ShiplineStack } from '../shipline-stack.js';

/** A log group that forgets after the environment's retention; protected environments keep it after its stack. */
export class ServiceLogs extends LogGroup {
  constructor(scope: Construct, id: string, logGroupName: string) {
    const { logs, protectsState } = ShiplineStack.of(scope).environmentData;
    super(scope, id, {
      logGroupName,
      retention: logs.retentionDays,
      removalPolicy: protectsState ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }
}
