import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { shopMetric } from '../observability/shop-metric.js';
import { ShiplineStack } from '../shipline-stack.js';
import type { Runbook } from './service-alarm.js';
import { ServiceObjective } from './service-objective.js';

const runbook: Runbook = 'docs/runbooks/checkout-objectives.md';

/** What customers may expect of a checkout (docs/slo.md): an answer, and soon an outcome. */
export class CheckoutObjectives extends Construct {
  constructor(scope: Construct, api: HttpApi) {
    super(scope, 'Objectives');
    const { availability, promptness } = ShiplineStack.of(this).environmentData.objectives;
    new ServiceObjective(this, 'Availability', {
      name: 'checkout-availability',
      percent: availability,
      bad: (period) => api.metricServerError({ period, statistic: 'Sum' }),
      total: (period) => api.metricCount({ period, statistic: 'Sum' }),
      userImpact: 'Customers get errors when they place or look at orders.',
      runbook,
    });
    // 1 for each that was late and 0 for the others: their sum, of their number.
    new ServiceObjective(this, 'Promptness', {
      name: 'checkout-promptness',
      percent: promptness,
      bad: (period) => shopMetric('OrdersLate', { period, statistic: 'Sum' }),
      total: (period) => shopMetric('OrdersLate', { period, statistic: 'SampleCount' }),
      userImpact: 'Customers wait too long for the outcome of their orders.',
      runbook,
    });
  }
}
