import { paymentCaptured, paymentRefunded, paymentVoided, refundFailed } from '@shipline/contracts/events';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CheckoutMachine } from '../constructs/checkout-machine.js';
import { CheckoutObjectives } from '../constructs/checkout-objectives.js';
import { ParkedOrders } from '../constructs/parked-orders.js';
import { ScheduledFunction } from '../constructs/scheduled-function.js';
import { ServiceApi } from '../constructs/service-api.js';
import type { ServiceFunction } from '../constructs/service-function.js';
import type { TableGrant } from '../constructs/table-access.js';
import { TableRelay } from '../constructs/table-relay.js';
import type { ServiceName } from '../names.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

/** Reads an order and writes its next version, under a condition. */
const movesOrders: TableGrant<'orders'> = { items: ['GetItem', 'PutItem'] };

export class OrdersStack extends ServiceStack<'orders'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'orders', 'Shipline: orders and their checkout');
    const checkout = this.checkout();
    checkout.allowStart(this.api());
    const sweep = this.sweep();
    checkout.allowStart(sweep);
    checkout.allowLook(sweep);
    this.outcomes();
    new ParkedOrders(this, this.bus);
    const relay = this.function(
      'relay',
      'relay',
      {},
      { userImpact: 'Receipts, refunds and carts lag behind.' },
    );
    new TableRelay(this, 'Outbox', { table: this.table, bus: this.bus, relay });
  }

  private api(): ServiceFunction {
    const api = this.function(
      'api',
      'api',
      { ...movesOrders, indexes: ['by-customer'] },
      { userImpact: 'Customers cannot place, see or cancel orders.' },
    );
    api.mayInvoke('catalog', 'quote').mayInvoke('inventory', 'reserve');
    const { api: httpApi } = new ServiceApi(this, {
      handler: api,
      routes: this.routes,
      throttleClass: { 'POST /api/orders': 'order' },
    });
    new CheckoutObjectives(this, httpApi);
    return api;
  }

  private checkout(): CheckoutMachine {
    const userImpact = 'Customers wait for the outcome of orders that were not paid.';
    const close = this.function('close-order', 'task', movesOrders, { userImpact }).publishAlias();
    const park = this.function('park-order', 'task', movesOrders, { userImpact }).publishAlias();
    const task = (service: ServiceName, name: string) => this.read(this.names.function(service, name));
    return new CheckoutMachine(this, {
      AuthoriseFunction: task('payments', 'authorise'),
      CommitStockFunction: task('inventory', 'commit-stock'),
      CaptureFunction: task('payments', 'capture'),
      VoidPaymentFunction: task('payments', 'void-payment'),
      ReleaseStockFunction: task('inventory', 'release-stock'),
      // By name, so that the machine is not released after them, but with them.
      CloseOrderFunction: close.liveArn,
      ParkOrderFunction: park.liveArn,
    });
  }

  /** Finds orders that stand still: asks the ledger, and starts the checkout again where that is right. */
  private sweep(): ServiceFunction {
    const handler = this.function(
      'sweep',
      'schedule',
      { ...movesOrders, indexes: ['open'] },
      { userImpact: 'Orders whose checkout was interrupted stand still.' },
    );
    handler.mayInvoke('payments', 'look-up');
    new ScheduledFunction(this, 'Sweep', { handler, every: Duration.minutes(1) });
    return handler;
  }

  private outcomes(): void {
    this.consumer('on-payment-captured', paymentCaptured, movesOrders, {
      userImpact: 'Customers who have paid do not see their order confirmed.',
    });
    this.consumer('on-payment-voided', paymentVoided, movesOrders, {
      userImpact: 'Customers do not see that their order was refused.',
    });
    const refunds = { userImpact: 'Customers do not see that their order was cancelled and refunded.' };
    this.consumer('on-payment-refunded', paymentRefunded, movesOrders, refunds);
    this.consumer('on-payment-refund-failed', refundFailed, movesOrders, refunds);
  }
}
