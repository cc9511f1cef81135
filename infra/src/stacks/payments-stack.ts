import { orderCancelling, orderParked, refundRequested } from '@shipline/contracts/events';
import type { Construct } from 'constructs';
import { ServiceApi } from '../constructs/service-api.js';
import type { ServiceFunction } from '../constructs/service-function.js';
import type { TableGrant } from '../constructs/table-access.js';
import { TableRelay } from '../constructs/table-relay.js';
import { gatewayOf } from '../gateway.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

/** Folds a payment's facts and appends the next one; facts are never changed. */
const keepsLedger: TableGrant<'payments'> = { items: ['Query', 'PutItem'] };

export class PaymentsStack extends ServiceStack<'payments'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'payments', 'Shipline: payments and their ledger');
    const api = this.function('api', 'api', keepsLedger, {
      userImpact: 'The card company cannot tell us what happened; orders are confirmed later.',
    });
    new ServiceApi(this, {
      handler: api,
      routes: this.routes,
      throttleClass: { 'POST /api/payments/webhook': 'webhook' },
    });
    this.withGateway(api, ...this.checkoutTasks(), ...this.consumers());
    this.function(
      'look-up',
      'task',
      { items: ['Query'] },
      { userImpact: 'Orders whose checkout was interrupted stand still.' },
    ).publishAlias();
    const relay = this.function(
      'relay',
      'relay',
      {},
      {
        userImpact: 'Customers who have paid do not see their order confirmed.',
      },
    );
    new TableRelay(this, 'Outbox', { table: this.table, bus: this.bus, relay });
    this.output('GatewayUrl', gatewayOf(this).apiUrl);
  }

  private checkoutTasks(): ServiceFunction[] {
    const task = (name: string, userImpact: string) =>
      this.function(name, 'task', keepsLedger, { userImpact }).publishAlias();
    return [
      task('authorise', 'Nobody can pay.'),
      task('capture', 'Paid orders are not confirmed.'),
      task('void-payment', 'Refused orders keep money blocked on the card.'),
    ];
  }

  private consumers(): ServiceFunction[] {
    const options = { userImpact: 'Customers who cancelled wait for their money.' };
    const cancelling = this.consumer('on-order-cancelling', orderCancelling, keepsLedger, options);
    // What the check of a release has captured goes back as after a cancel.
    this.releases().check.allow(['lambda:InvokeFunction'], [cancelling.liveArn]);
    return [
      cancelling,
      this.consumer('on-refund-requested', refundRequested, keepsLedger, options),
      this.consumer('on-order-parked', orderParked, keepsLedger, {
        userImpact: 'Customers whose order is in review keep money blocked on the card.',
      }),
    ];
  }

  /** Lets functions talk to the card company. */
  private withGateway(...functions: ServiceFunction[]): void {
    const { apiUrl } = gatewayOf(this);
    const secretArn = this.read(this.names.gatewaySecretArn);
    for (const fn of functions) {
      fn.setVariable('GATEWAY_URL', apiUrl).setVariable('GATEWAY_SECRET_ARN', secretArn);
      fn.allow(['secretsmanager:GetSecretValue'], [secretArn]);
    }
  }
}
