import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { keepEvents } from './kept-events.js';
import type { DeliveredEnvironment } from './names.js';

/**
 * How each shift of traffic in an environment ended, as CodeDeploy tells: a new version that was taken back counts as a
 * failed change here also when a person deployed it, past the pipeline.
 */
export class DeploymentRecord extends Construct {
  constructor(scope: Construct, environment: DeliveredEnvironment) {
    super(scope, 'DeploymentRecord');
    const log = keepEvents(this, {
      name: `shipline-${environment}-deployments`,
      description: 'Keeps how shifts of traffic ended.',
      eventPattern: {
        source: ['aws.codedeploy'],
        detailType: ['CodeDeploy Deployment State-change Notification'],
        detail: { state: ['SUCCESS', 'FAILURE', 'STOP'] },
      },
    });
    const shifted = count(log, 'Shifts', ['SUCCESS']);
    const failed = count(log, 'FailedShifts', ['FAILURE', 'STOP']);
    // The first three of an account are free; customers are in prod.
    if (environment === 'prod')
      new Dashboard(this, 'Dashboard', {
        dashboardName: 'shipline-prod-deployments',
        defaultInterval: Duration.days(90),
        widgets: [
          [new GraphWidget({ title: 'Shifts of traffic, a week', left: [shifted, failed], width: 24 })],
        ],
      });
  }
}

const count = (log: LogGroup, metricName: string, states: string[]) =>
  log
    .addMetricFilter(metricName, {
      metricNamespace: 'Shipline/Delivery',
      metricName,
      metricValue: '1',
      filterPattern: FilterPattern.any(
        ...states.map((state) => FilterPattern.stringValue('$.detail.state', '=', state)),
      ),
    })
    .metric({ statistic: 'Sum', period: Duration.days(7) });
