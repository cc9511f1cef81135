import { Stack } from 'aws-cdk-lib';
import type { Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { PipelineNotificationEvents } from 'aws-cdk-lib/aws-codepipeline';
import { DetailType } from 'aws-cdk-lib/aws-codestarnotifications';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Tools } from '../../accounts/tools.js';

/** Tells people what waits for them and what has ended: approvals, and releases that failed or arrived. */
export class PipelineNotifications extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, pipeline: Pipeline, { notify }: Tools) {
    super(scope, 'Notifications');
    this.topic = new Topic(this, 'Topic', {
      topicName: 'shipline-releases',
      displayName: 'Shipline releases',
      enforceSSL: true,
      masterKey: this.key(),
    });
    if (notify !== undefined) this.topic.addSubscription(new EmailSubscription(notify));
    pipeline.notifyOn('Releases', this.topic, {
      notificationRuleName: 'shipline-releases',
      detailType: DetailType.FULL,
      events: [
        PipelineNotificationEvents.PIPELINE_EXECUTION_FAILED,
        PipelineNotificationEvents.PIPELINE_EXECUTION_SUCCEEDED,
        PipelineNotificationEvents.PIPELINE_EXECUTION_SUPERSEDED,
        PipelineNotificationEvents.MANUAL_APPROVAL_NEEDED,
        PipelineNotificationEvents.MANUAL_APPROVAL_FAILED,
      ],
    });
  }

  /** AWS's own key of SNS would shut out the service that sends. */
  private key(): Key {
    const key = new Key(this, 'Key', {
      description: "Encrypts the pipeline's messages.",
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('codestar-notifications.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return key;
  }
}
