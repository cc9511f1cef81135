import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accept } from '../nag.js';
import { physicalName } from '../names.js';
import type { Deployment } from '../shipline-stack.js';
import { DataStack } from './data-stack.js';

/**
 * The ledger, and the gateway's secret: JSON `{apiKey, webhookSecret}`. A sandbox takes any key, so one is made;
 * Stripe's is put there by hand, once. The deploy command adds the webhook's secret when it has registered it.
 */
export class PaymentsDataStack extends DataStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'payments');
    const { name, gateway, protectsState } = this.environmentData;
    const secret = new Secret(this, 'Gateway', {
      secretName: physicalName(name, 'payment-gateway'),
      description: 'The card company: JSON {apiKey, webhookSecret}',
      generateSecretString:
        gateway.kind === 'sandbox'
          ? { secretStringTemplate: '{}', generateStringKey: 'apiKey', excludePunctuation: true }
          : { secretStringTemplate: '{"apiKey":""}', generateStringKey: 'unused' },
      removalPolicy: protectsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    accept(secret, {
      'AwsSolutions-SMG4':
        'The card company issues this key: it is rolled in its dashboard, not by a Lambda of ours.',
    });
    this.publish(this.names.gatewaySecretArn, secret.secretArn);
    this.output('GatewaySecretArn', secret.secretArn);
  }
}
