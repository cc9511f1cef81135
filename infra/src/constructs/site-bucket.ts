import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from '../nag.js';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';

/** The storefront's files: nobody but the distribution reads them, over TLS only, and not the kept releases. */
export class SiteBucket extends Bucket {
  constructor(scope: Construct) {
    const { name, account, region, protectsState } = ShiplineStack.of(scope).environmentData;
    super(scope, 'Site', {
      bucketName: physicalName(name, 'site', account, region),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: protectsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // The site's function answers 404 there; this holds for a way past it as well.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'KeptReleasesAreNotServed',
        effect: Effect.DENY,
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.arnForObjects('releases/*')],
      }),
    );
    accept(this, {
      'AwsSolutions-S1':
        'Only CloudFront reads the site, and what it reads is public: there is no access to account for.',
    });
  }
}
