import { accept } from '@shipline/infra/nag';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pipelineBucketName } from '../../accounts/names.js';

/** Sources and releases on their way: encrypted with a key of their own, versioned, over TLS, for nobody outside. */
export class PipelineArtifacts extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct) {
    super(scope, 'Artifacts');
    const { account, region } = Stack.of(this);
    const encryptionKey = new Key(this, 'Key', {
      alias: 'shipline-pipeline',
      description: 'Encrypts what the pipeline hands from job to job.',
      enableKeyRotation: true,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: pipelineBucketName(account, region),
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      // A rollback of a stage needs the release before; older ones are in the accounts that they were deployed to.
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(this.bucket, {
      'AwsSolutions-S1':
        'Every use of its key is in CloudTrail with the object that it was for; a log of requests would tell no more.',
    });
  }
}
