import { artifactBucketName } from '@shipline/infra';
import { dependOnPolicyOnly } from '@shipline/infra/constructs/policy-dependency';
import { type App, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import {
  Artifact,
  type CfnPipeline,
  ExecutionMode,
  type IAction,
  Pipeline,
  PipelineType,
} from 'aws-cdk-lib/aws-codepipeline';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  alarmReaderRoleName,
  type DeliveredEnvironment,
  pipelineName,
  pipelineRoleName,
  pipelineStackName,
} from '../../accounts/names.js';
import type { Delivery, Stage } from '../../delivery/stage.js';
import { roadJobs } from '../road-job.js';
import { acceptArtifacts } from './accepted-findings.js';
import { PipelineArtifacts } from './artifacts.js';
import { conditionsOf } from './conditions.js';
import { DeliveryRecord } from './delivery-record.js';
import { JobActions } from './job-actions.js';
import { roleArnOf } from './job-project.js';
import { PipelineNotifications } from './notifications.js';
import type { PipelineSettings } from './settings.js';
import { sourceOf } from './source.js';

/**
 * The road as AWS CodePipeline runs it, in the tools account. Nothing on the road deploys this stack: a commit to the
 * shop changes what is released and never how; `pnpm run pipeline deploy` is for that, by somebody with rights there.
 */
export class PipelineStack extends Stack {
  readonly pipeline: Pipeline;

  constructor(scope: App, delivery: Delivery, settings: PipelineSettings) {
    const { account, region } = settings.tools;
    super(scope, pipelineStackName, {
      description: 'The road to prod: one pipeline for every environment.',
      env: { account, region },
      // The bucket that the account's bootstrap makes: this template is too long to go without one.
      synthesizer: new CliCredentialsStackSynthesizer({
        fileAssetsBucketName: artifactBucketName(settings.tools),
        bucketPrefix: 'pipeline/',
      }),
      terminationProtection: true,
      tags: { 'shipline:stack': 'pipeline' },
    });
    const { bucket } = new PipelineArtifacts(this);
    const sources = new Artifact('Source');
    const source = sourceOf(this, settings.tools.source, delivery.source, sources);
    const role = this.pipelineRole(settings, bucket);
    this.pipeline = new Pipeline(this, 'Pipeline', {
      pipelineName,
      pipelineType: PipelineType.V2,
      // One release after the other, none is left out.
      executionMode: ExecutionMode.QUEUED,
      artifactBucket: bucket,
      role,
      usePipelineRoleForActions: true,
      restartExecutionOnUpdate: false,
      triggers: source.triggers,
    });
    const notifications = new PipelineNotifications(this, this.pipeline, settings.tools);
    const actions = new JobActions(this, { settings, sources, bucket, notifications });
    this.pipeline.addStage({ stageName: 'source', actions: [source.action] });
    for (const stage of delivery.stages)
      this.addStage(stage, actions.of(stage, roadJobs(delivery)), settings);
    new DeliveryRecord(this, this.pipeline);
    dependOnPolicyOnly(this.pipeline.node.defaultChild as CfnPipeline, role);
  }

  private addStage(stage: Stage, actions: IAction[], { accounts }: PipelineSettings): void {
    const alarmReader = (environment: DeliveredEnvironment) =>
      roleArnOf(accounts[environment], alarmReaderRoleName(environment));
    this.pipeline.addStage({ stageName: stage.name, actions, ...conditionsOf(stage, alarmReader) });
  }

  /** It starts what is in this account, and asks the alarm of prod. */
  private pipelineRole({ accounts }: PipelineSettings, bucket: Bucket): Role {
    const role = new Role(this, 'PipelineRole', {
      roleName: pipelineRoleName,
      assumedBy: new ServicePrincipal('codepipeline.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [roleArnOf(accounts.prod, alarmReaderRoleName('prod'))],
      }),
    );
    acceptArtifacts(role, bucket, { writes: true });
    return role;
  }
}
