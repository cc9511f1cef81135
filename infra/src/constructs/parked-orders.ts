import { orderParked } from '@shipline/contracts/events';
import { EventField, type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ShiplineStack } from '../shipline-stack.js';
import type { Runbook } from './service-alarm.js';

const runbook: Runbook = 'docs/runbooks/orders-in-review.md';

/**
 * Tells the people who run the shop of each order that waits for them, whoever put it aside: the checkout (whose
 * failed execution rings besides), the sweep, or an event that contradicts the order. By a role, because the topic's
 * own policy lets nobody but alarms in.
 */
export class ParkedOrders extends Construct {
  constructor(scope: Construct, bus: IEventBus) {
    super(scope, 'ParkedOrders');
    const { alarmTopicArn: arn, environmentData } = ShiplineStack.of(this);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [arn] }));
    const orderId = EventField.fromPath('$.detail.data.orderId');
    const reason = EventField.fromPath('$.detail.data.reason');
    const input = RuleTargetInput.fromText(
      `${environmentData.name}: the order ${orderId} is in review (${reason}). Its customer waits. Runbook: ${runbook}`,
    );
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `${orderParked.type} for the people who run the shop`,
      eventPattern: { source: [orderParked.source], detailType: [orderParked.type] },
      targets: [{ bind: () => ({ arn, role, input }) }],
    });
  }
}
