import { policyOf } from '@shipline/infra/constructs/policy-dependency';
import { RemovalPolicy } from 'aws-cdk-lib';
import { type CfnTrail, Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { GuardedBucket } from './bucket.js';
import type { WatchedAct } from './watched-acts.js';

export interface AuditTrailProps {
  readonly account: string;
  readonly region: string;
  readonly acts: readonly WatchedAct[];
  /** Who is mailed; absent = the topic has only the subscribers that it is given by hand. */
  readonly notify?: string;
}

/**
 * Everything that was asked of the account, in files that cannot be changed unseen (log file validation), and alarms on
 * what a release never does, or does once.
 */
export class AuditTrail extends Construct {
  private readonly topic: Topic;

  constructor(
    scope: Construct,
    private readonly props: AuditTrailProps,
  ) {
    super(scope, 'AuditTrail');
    const { account, region, acts } = props;
    const { bucket, key } = new GuardedBucket(this, 'Files', {
      bucketName: `shipline-trail-${account}-${region}`,
      alias: 'shipline-trail',
      holds: 'the record of what was asked of the account.',
      keepsVersionsDays: 365,
    });
    this.letTrailEncrypt(key);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: '/shipline/trail',
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const trail = new Trail(this, 'Trail', {
      trailName: 'shipline',
      bucket,
      encryptionKey: key,
      enableFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      sendToCloudWatchLogs: true,
      cloudWatchLogGroup: logGroup,
    });
    this.topic = this.topicOf(key);
    for (const act of acts) this.watch(logGroup, act);
    mayWriteFirst(trail, bucket);
  }

  private letTrailEncrypt(key: GuardedBucket['key']): void {
    const { account, region } = this.props;
    const arn = `arn:aws:cloudtrail:${region}:${account}:trail/shipline`;
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceArn': arn } },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  private topicOf(masterKey: GuardedBucket['key']): Topic {
    const { account, notify } = this.props;
    const topic = new Topic(this, 'Topic', {
      topicName: 'shipline-accounts',
      displayName: `Shipline account ${account}`,
      enforceSSL: true,
      masterKey,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    if (notify !== undefined) topic.addSubscription(new EmailSubscription(notify));
    return topic;
  }

  private watch(logGroup: LogGroup, { name, id, pattern, meaning }: WatchedAct): void {
    const filter = new MetricFilter(this, `${id}Filter`, {
      logGroup,
      filterPattern: FilterPattern.literal(pattern),
      metricNamespace: 'Shipline/Accounts',
      metricName: name,
      metricValue: '1',
    });
    new Alarm(this, `${id}Alarm`, {
      alarmName: `shipline-account-${name}`,
      alarmDescription: `${meaning} Runbook: docs/delivery.md (Accounts and roles)`,
      metric: filter.metric({ statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}

/** The CDK names also what the trail's properties imply, which cfn-lint reports (W3005); its permissions must come first. */
function mayWriteFirst(trail: Trail, bucket: Bucket): void {
  const files = bucket.policy?.node.defaultChild as CfnBucketPolicy;
  const logs = policyOf(trail.node.findChild('LogsRole') as Role);
  logs.addOverride('DependsOn', undefined);
  (trail.node.defaultChild as CfnTrail).addOverride('DependsOn', [files.logicalId, logs.logicalId]);
}
