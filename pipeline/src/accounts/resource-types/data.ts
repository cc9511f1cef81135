import { here } from '../places.js';
import { allow } from '../statements.js';
import { actions, ours, type TypePermissions, tags } from './grants.js';

/** What is kept. Secrets are made here and never read: CloudFormation invents their values. */
export const dataTypes: TypePermissions = {
  'AWS::DynamoDB::Table': (place) => [
    allow(
      actions(
        'dynamodb',
        ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable'],
        ...['DescribeContinuousBackups', 'UpdateContinuousBackups', 'DescribeTimeToLive', 'UpdateTimeToLive'],
        ...['DescribeContributorInsights', 'DescribeKinesisStreamingDestination', 'GetResourcePolicy'],
        ...[...tags, 'ListTagsOfResource'],
      ),
      [here(place, 'dynamodb', `table/${ours(place)}`)],
    ),
    // The key that is AWS's own: DynamoDB asks on behalf of who makes the table.
    allow(['kms:DescribeKey', 'kms:CreateGrant'], [here(place, 'kms', 'key/*')], {
      StringEquals: { 'kms:ViaService': `dynamodb.${place.region}.amazonaws.com` },
    }),
  ],
  'AWS::S3::Bucket': (place) => [
    allow(
      actions(
        's3',
        ...['CreateBucket', 'DeleteBucket', 'ListBucket', 'GetBucketLocation'],
        ...['PutEncryptionConfiguration', 'GetEncryptionConfiguration'],
        ...[
          'PutBucketVersioning',
          'GetBucketVersioning',
          'PutLifecycleConfiguration',
          'GetLifecycleConfiguration',
        ],
        ...['PutBucketPublicAccessBlock', 'GetBucketPublicAccessBlock'],
        ...[
          'PutBucketOwnershipControls',
          'GetBucketOwnershipControls',
          'PutBucketTagging',
          'GetBucketTagging',
        ],
        ...['GetBucketCORS', 'GetBucketLogging', 'GetBucketNotification', 'GetBucketObjectLockConfiguration'],
        ...['GetBucketWebsite', 'GetAccelerateConfiguration', 'GetReplicationConfiguration'],
        ...['GetAnalyticsConfiguration', 'GetIntelligentTieringConfiguration', 'GetInventoryConfiguration'],
        ...['GetMetricsConfiguration', 'TagResource', 'UntagResource', 'ListTagsForResource'],
      ),
      [`arn:aws:s3:::${ours(place)}`],
    ),
  ],
  'AWS::S3::BucketPolicy': (place) => [
    allow(actions('s3', 'PutBucketPolicy', 'GetBucketPolicy', 'DeleteBucketPolicy'), [
      `arn:aws:s3:::${ours(place)}`,
    ]),
  ],
  'AWS::SSM::Parameter': (place) => [
    allow(
      actions(
        'ssm',
        ...['PutParameter', 'GetParameter', 'GetParameters', 'DeleteParameter'],
        ...['AddTagsToResource', 'RemoveTagsFromResource', 'ListTagsForResource'],
      ),
      [here(place, 'ssm', `parameter/shipline/${place.environment}/*`)],
    ),
    allow(['ssm:DescribeParameters'], ['*']),
  ],
  'AWS::SecretsManager::Secret': (place) => [
    allow(
      actions('secretsmanager', 'CreateSecret', 'DescribeSecret', 'UpdateSecret', 'DeleteSecret', ...tags),
      [here(place, 'secretsmanager', `secret:${ours(place)}`)],
    ),
    allow(['secretsmanager:GetRandomPassword'], ['*']),
  ],
};
