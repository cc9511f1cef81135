import { accept, reasons } from '@shipline/infra/nag';
import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { Project } from 'aws-cdk-lib/aws-codebuild';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

const ofOneBucket =
  "The CDK's grant for artifacts: on the pipeline's own bucket and its key, and on nothing else.";

/** What a role needs to read artifacts, as the CDK grants it; those that write them need more. */
export function acceptArtifacts(role: IRole, bucket: Bucket, { writes = false } = {}): void {
  accept(role, {
    [`AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/*]`]: ofOneBucket,
    'AwsSolutions-IAM5[Action::s3:GetObject*]': ofOneBucket,
    'AwsSolutions-IAM5[Action::s3:GetBucket*]': ofOneBucket,
    'AwsSolutions-IAM5[Action::s3:List*]': ofOneBucket,
    'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]': ofOneBucket,
    'AwsSolutions-IAM5[Action::kms:ReEncrypt*]': ofOneBucket,
    ...(writes && {
      'AwsSolutions-IAM5[Action::s3:Abort*]': ofOneBucket,
      'AwsSolutions-IAM5[Action::s3:DeleteObject*]': ofOneBucket,
    }),
  });
}

export function acceptLogs(role: IRole, project: Project): void {
  const { account, region } = Stack.of(project);
  const group = `arn:aws:logs:${region}:${account}:log-group:/aws/codebuild/<${logicalId(project)}>`;
  accept(role, { [`AwsSolutions-IAM5[Resource::${group}:*]`]: reasons.namedByAws });
}

const logicalId = (construct: IConstruct) =>
  Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
