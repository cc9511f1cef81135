import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';

/**
 * Where every alarm of an environment is told: over TLS, by CloudWatch of the same account only. Whoever is to be
 * woken subscribes; the environment's own address, if it has one, has to confirm once what SNS sends it.
 */
export class AlarmTopic extends Topic {
  constructor(scope: Construct) {
    const { name, account, alarmAddress } = ShiplineStack.of(scope).environmentData;
    super(scope, 'Alarms', {
      topicName: physicalName(name, 'alarms'),
      displayName: `Shipline ${name}`,
      enforceSSL: true,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    if (alarmAddress !== undefined) this.addSubscription(new EmailSubscription(alarmAddress));
  }
}
