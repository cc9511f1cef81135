import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { Deployment } from '../shipline-stack.js';
import { DataStack } from './data-stack.js';

/**
 * The domain that receipts come from, beside the table. On AWS its owner puts the three DKIM records into DNS once
 * (infra/README.md); the local cloud takes every domain for verified.
 */
export class NotificationsDataStack extends DataStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'notifications');
    const [, domain] = this.environmentData.senderAddress.split('@');
    if (!domain) throw new Error(`${this.environmentData.senderAddress} is no address.`);
    new EmailIdentity(this, 'Sender', { identity: Identity.domain(domain) });
  }
}
