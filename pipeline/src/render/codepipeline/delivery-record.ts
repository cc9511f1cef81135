import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CfnResourcePolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DeliveryMetrics } from './delivery-metrics.js';

/**
 * Every start and end of a release and of its stages, kept for two years: what lead time, deployment frequency,
 * change failure rate and time to restore are counted from.
 */
export class DeliveryRecord extends Construct {
  constructor(scope: Construct, pipeline: Pipeline) {
    super(scope, 'DeliveryRecord');
    const log = new LogGroup(this, 'Log', {
      // EventBridge may write to groups below /aws/events.
      logGroupName: '/aws/events/shipline-deliveries',
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new Rule(this, 'Rule', {
      ruleName: 'shipline-deliveries',
      description: 'Keeps what happens to releases.',
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: [
          'CodePipeline Pipeline Execution State Change',
          'CodePipeline Stage Execution State Change',
        ],
        detail: { pipeline: [pipeline.pipelineName] },
      },
      targets: [{ bind: () => ({ arn: Stack.of(this).formatArn(arnOf(log)) }) }],
    });
    new DeliveryMetrics(this, log);
    // The CDK's own target writes this policy by a Lambda function.
    new CfnResourcePolicy(this, 'Policy', {
      policyName: 'shipline-deliveries',
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: log.logGroupArn,
          },
        ],
      }),
    });
  }
}

/** Without the `:*` of a log group's own ARN, which EventBridge refuses. */
const arnOf = ({ logGroupName }: LogGroup) => ({
  service: 'logs',
  resource: 'log-group',
  arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  resourceName: logGroupName,
});
