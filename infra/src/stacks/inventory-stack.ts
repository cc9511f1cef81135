import { orderCancelled, orderCancelRequested, orderRefused } from '@shipline/contracts/events';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ScheduledFunction } from '../constructs/scheduled-function.js';
import { ServiceApi } from '../constructs/service-api.js';
import type { TableGrant } from '../constructs/table-access.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

/** Reads a reservation and changes it, where stock comes back together with it in one transaction. */
const settles: TableGrant<'inventory'> = { items: ['GetItem', 'UpdateItem'] };

export class InventoryStack extends ServiceStack<'inventory'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'inventory', 'Shipline: stock and reservations');
    const api = this.function(
      'api',
      'api',
      { items: ['BatchGetItem'] },
      { userImpact: 'Customers do not see what is in stock.' },
    );
    new ServiceApi(this, { handler: api, routes: this.routes });
    this.checkoutTasks();
    this.stockReturns();
  }

  private checkoutTasks(): void {
    this.function(
      'reserve',
      'task',
      { items: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
      { userImpact: 'Nobody can place an order.' },
    ).publishAlias();
    this.function('commit-stock', 'task', settles, {
      userImpact: 'Paid-for orders wait before they are confirmed.',
    }).publishAlias();
    this.function('release-stock', 'task', settles, {
      userImpact: 'Products look sold out, because refused orders keep their stock.',
    }).publishAlias();
  }

  private stockReturns(): void {
    const userImpact = 'Products look sold out, because orders that came to nothing keep their stock.';
    this.consumer('on-order-refused', orderRefused, settles, { userImpact });
    this.consumer('on-order-cancel-requested', orderCancelRequested, settles, { userImpact });
    this.consumer('on-order-cancelled', orderCancelled, settles, { userImpact });
    const handler = this.function(
      'expire-reservations',
      'schedule',
      { ...settles, indexes: ['expiry'] },
      { userImpact },
    );
    new ScheduledFunction(this, 'Expiry', { handler, every: Duration.minutes(1) });
  }
}
