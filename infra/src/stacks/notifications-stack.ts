import { orderCancelled, orderConfirmed, orderRefused } from '@shipline/contracts/events';
import type { Construct } from 'constructs';
import type { EventContract } from '../constructs/event-consumer.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

/** SES takes few mails a second of a new account (one in its sandbox): a burst waits in the queue instead of failing. */
const AT_A_TIME = 2;

export class NotificationsStack extends ServiceStack<'notifications'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'notifications', 'Shipline: e-mail to customers');
    this.mail('on-order-confirmed', orderConfirmed, 'Customers get no receipt.');
    this.mail('on-order-refused', orderRefused, 'Customers are not told that their order was refused.');
    this.mail('on-order-cancelled', orderCancelled, 'Customers are not told that their order was cancelled.');
  }

  private mail(name: `on-${string}`, event: EventContract, userImpact: string): void {
    const { senderAddress, shopUrl } = this.environmentData;
    const userPoolId = this.read(this.names.userPoolId);
    const resource = (service: string, kind: string, resourceName: string) =>
      this.formatArn({ service, resource: kind, resourceName });
    const domain = senderAddress.split('@').at(-1) ?? senderAddress;
    this.consumer(name, event, { items: ['UpdateItem'] }, { userImpact, maxConcurrency: AT_A_TIME })
      .setVariable('USER_POOL_ID', userPoolId)
      .setVariable('SENDER_ADDRESS', senderAddress)
      .setVariable('SHOP_URL', shopUrl ?? this.read(this.names.shopUrl))
      .allow(['cognito-idp:AdminGetUser'], [resource('cognito-idp', 'userpool', userPoolId)])
      // SES asks for the address or its domain, whichever is verified.
      .allow(
        ['ses:SendEmail'],
        [resource('ses', 'identity', senderAddress), resource('ses', 'identity', domain)],
      );
  }
}
