import { accept } from '@shipline/infra/nag';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface GuardedBucketProps {
  readonly bucketName: string;
  /** Alias of its key: policies of other accounts and stacks know the key by it. */
  readonly alias: string;
  readonly holds: string;
  /** Days after which older versions of an object go. */
  readonly keepsVersionsDays: number;
}

/** A bucket with a key of its own: versioned, over TLS only, for nobody outside, kept when its stack goes. */
export class GuardedBucket extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(
    scope: Construct,
    id: string,
    { bucketName, alias, holds, keepsVersionsDays }: GuardedBucketProps,
  ) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      alias,
      description: `Encrypts ${holds}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(keepsVersionsDays),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(this.bucket, {
      'AwsSolutions-S1':
        'Every use of its key is in CloudTrail with the object that it was for; a log of requests would tell no more.',
    });
  }
}
