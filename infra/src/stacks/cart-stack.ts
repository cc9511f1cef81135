import { orderConfirmed } from '@shipline/contracts/events';
import type { Construct } from 'constructs';
import { ServiceApi } from '../constructs/service-api.js';
import type { TableGrant } from '../constructs/table-access.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

/** Reads a cart and writes its next version, under a condition. */
const keepsCarts: TableGrant<'cart'> = { items: ['GetItem', 'PutItem'] };
/** Merging takes the guest's cart away in the same transaction. */
const mergesCarts: TableGrant<'cart'> = { items: ['GetItem', 'PutItem', 'DeleteItem'] };

export class CartStack extends ServiceStack<'cart'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'cart', 'Shipline: carts of guests and customers');
    const api = this.function('api', 'api', mergesCarts, {
      userImpact: 'Customers cannot see or change their carts.',
    });
    api.mayInvoke('catalog', 'quote');
    new ServiceApi(this, { handler: api, routes: this.routes });
    this.consumer('on-order-confirmed', orderConfirmed, keepsCarts, {
      userImpact: 'Carts still show what was already bought.',
    });
  }
}
