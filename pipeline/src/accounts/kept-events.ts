import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { CfnResourcePolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface KeptEvents {
  /** Of the rule, the policy, and the log group below /aws/events, where EventBridge may write. */
  readonly name: string;
  readonly description: string;
  readonly eventPattern: EventPattern;
}

/** Keeps events for two years, in a log of which metrics can be made. */
export function keepEvents(scope: Construct, { name, description, eventPattern }: KeptEvents): LogGroup {
  const log = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/events/${name}`,
    retention: RetentionDays.TWO_YEARS,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  new Rule(scope, 'Rule', {
    ruleName: name,
    description,
    eventPattern,
    targets: [{ bind: () => ({ arn: Stack.of(scope).formatArn(arnOf(log)) }) }],
  });
  // The CDK's own target writes this policy by a Lambda function.
  new CfnResourcePolicy(scope, 'Policy', {
    policyName: name,
    policyDocument: Stack.of(scope).toJsonString({
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
  return log;
}

/** Without the `:*` of a log group's own ARN, which EventBridge refuses. */
const arnOf = ({ logGroupName }: LogGroup) => ({
  service: 'logs',
  resource: 'log-group',
  arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  resourceName: logGroupName,
});
