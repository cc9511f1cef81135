import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const metricNamespace = 'Shipline/Delivery';
const week = Duration.days(7);
/** CloudWatch keeps periods this short for 63 days. */
const short = Duration.minutes(5);

/**
 * The four numbers of delivery, from what CodePipeline tells of its stages (docs/delivery.md: The four numbers). All are
 * metrics; the log of the events tells which releases they come from.
 */
export class DeliveryMetrics extends Construct {
  constructor(
    scope: Construct,
    private readonly log: LogGroup,
    pipelineName: string,
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
    const leadTime = new Metric({
      namespace: 'AWS/CodePipeline',
      metricName: 'PipelineDuration',
      dimensionsMap: { PipelineName: pipelineName },
      statistic: 'p50',
      period: week,
      label: 'from the push to prod, seconds',
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
          new GraphWidget({ title: 'Lead time, a week', left: [leadTime], width: 12 }),
          new SingleValueWidget({
            title: 'Time to restore, 60 days',
            metrics: [this.timeToRestore()],
            // What is older has no short periods any more.
            start: '-P60D',
            width: 12,
          }),
        ],
        [
          this.asked('Lead time: from the push to prod', leadTimes),
          this.asked('Time to restore: failures in prod, and the success above each', endings),
        ],
      ],
    });
  }

  private count(metricName: string, state: 'SUCCEEDED' | 'FAILED') {
    return this.filter(metricName, { metricName, metricValue: '1', state }).metric({
      statistic: 'Sum',
      period: week,
    });
  }

  /**
   * A filter cannot subtract one event from another. So prod is 1 from a failure on and 0 from a success on: the time
   * that it was 1, divided by the failures, is what one of them took.
   */
  private timeToRestore(): MathExpression {
    const metricName = 'ProdIsUnwell';
    const unwell = this.filter('Unwell', { metricName, metricValue: '1', state: 'FAILED' });
    this.filter('Well', { metricName, metricValue: '0', state: 'SUCCEEDED' });
    const failed = new Metric({
      namespace: metricNamespace,
      metricName: 'FailedDeployments',
      statistic: 'Sum',
      period: short,
    });
    return new MathExpression({
      expression: 'TIME_SERIES(SUM(FILL(unwell, REPEAT)) * PERIOD(unwell) / 60 / SUM(failed))',
      // Where both fall into one period, the success came last.
      usingMetrics: { unwell: unwell.metric({ statistic: 'Minimum', period: short }), failed },
      label: 'minutes until prod was well again, a failure',
      period: short,
    });
  }

  private filter(
    id: string,
    { state, ...metric }: { state: 'SUCCEEDED' | 'FAILED'; metricName: string; metricValue: string },
  ) {
    return this.log.addMetricFilter(id, {
      metricNamespace,
      ...metric,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.detail.stage', '=', 'prod'),
        FilterPattern.stringValue('$.detail.state', '=', state),
      ),
    });
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

const leadTimes = [
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
