import type { Construct } from 'constructs';
import { ServiceApi } from '../constructs/service-api.js';
import type { Deployment } from '../shipline-stack.js';
import { ServiceStack } from './service-stack.js';

export class CatalogStack extends ServiceStack<'catalog'> {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'catalog', 'Shipline: products and prices');
    const api = this.function(
      'api',
      'api',
      { items: ['GetItem'], indexes: ['all', 'by-category'] },
      { userImpact: 'Customers see no products.' },
    );
    new ServiceApi(this, { handler: api, routes: this.routes });
    this.function(
      'quote',
      'task',
      { items: ['BatchGetItem'] },
      { userImpact: 'Carts show no prices and nobody can place an order.' },
    ).publishAlias();
  }
}
