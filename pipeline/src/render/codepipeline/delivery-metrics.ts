import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const metricNamespace = 'Shipline/Delivery';
const week = Duration.days(7);

/**
 * The four numbers of delivery, from what CodePipeline tells of its stages (docs/delivery.md: The four numbers). What
 * can be counted becomes a metric; spans between two events are asked of the log.
 */
export class DeliveryMetrics extends Construct {
  constructor(
    scope: Construct,
    private readonly log: LogGroup,
  ) {
    super(scope, 'DeliveryMetrics');
    const arrived = this.count('Deployments', 'SUCCEEDED');
    const failed = this.count('FailedDeployments', 'FAILED');
    const failureRate = new MathExpression({
      // A week without a failure has no count of failures.
      expression: '100 * FILL(failed, 0) / (FILL(arrived, 0) + FILL(failed, 0))',
      usingMetrics: { arrived, failed },
      label: 'change failure rate, %',
      period: week,
    });
    new Dashboard(this, 'Dashboard', {
      dashboardName: 'shipline-delivery',
      defaultInterval: Duration.days(90),
      widgets: [
        [
          new GraphWidget({ title: 'Deployment frequency, a week', left: [arrived, failed], width: 12 }),
          new SingleValueWidget({ title: 'Change failure rate', metrics: [failureRate], width: 12 }),
        ],
        [
          this.asked('Lead time: from the push to prod', leadTime),
          this.asked('Time to restore: failures in prod, and the success above each', endings),
        ],
      ],
    });
  }

  private count(metricName: string, state: 'SUCCEEDED' | 'FAILED') {
    const filter = this.log.addMetricFilter(metricName, {
      metricNamespace,
      metricName,
      metricValue: '1',
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.detail.stage', '=', 'prod'),
        FilterPattern.stringValue('$.detail.state', '=', state),
      ),
    });
    return filter.metric({ statistic: 'Sum', period: week });
  }

  private asked(title: string, queryLines: string[]): LogQueryWidget {
    return new LogQueryWidget({
      title,
      logGroupNames: [this.log.logGroupName],
      queryLines,
      view: LogQueryVisualizationType.TABLE,
      width: 12,
    });
  }
}

/** 1 or 0 for an event: of prod, in this state. */
const inProd = (state: string) => `strcontains(detail.stage, "prod") * strcontains(detail.state, "${state}")`;

const leadTime = [
  'filter ispresent(detail.stage)',
  `stats min(@timestamp) as begun, max(@timestamp * ${inProd('SUCCEEDED')}) as arrived by \`detail.execution-id\``,
  'filter arrived > 0',
  'stats count(*) as releases, pct((arrived - begun) / 60000, 50) as median_minutes',
];

/** A table of prod's endings, the youngest first: Logs Insights cannot subtract one row from another. */
const endings = [
  `filter detail.stage = "prod" and detail.state in ["FAILED", "SUCCEEDED"]`,
  'sort @timestamp desc',
  'display @timestamp, detail.state, `detail.execution-id`',
];
