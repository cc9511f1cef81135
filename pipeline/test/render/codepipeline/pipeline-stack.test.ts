import { describe, expect, it } from 'vitest';
import { cronOf } from '../../../src/render/codepipeline/conditions.js';
import { nagOf } from '../../nag.js';
import { synthesizePipeline } from '../pipeline-template.js';
import { type Action, ofType, type Template, textOf, variablesOf } from '../read-codepipeline.js';

interface Stage {
  readonly Name: string;
  readonly Actions: readonly Action[];
}

const { stack, template } = synthesizePipeline();
const pipeline = pipelineOf(template);
const stageNamed = (name: string) => pipeline.Stages.find((stage: { Name: string }) => stage.Name === name);

function pipelineOf(of: Template) {
  return ofType(of, 'AWS::CodePipeline::Pipeline')[0]?.Properties;
}

/** Whose role may ask about which pipeline's executions. */
const askers = () =>
  ofType(template, 'AWS::IAM::Policy').flatMap(({ Properties: { Roles, PolicyDocument } }) =>
    (PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
      .filter(({ Action }) => [Action].flat().includes('codepipeline:GetPipelineExecution'))
      .map(({ Resource }) => ({
        role: template.Resources[Roles[0].Ref]?.Properties.RoleName,
        resource: textOf(Resource),
      })),
  );

describe('the pipeline', () => {
  it('is of type V2, queues releases, and does not start again when it is changed', () => {
    expect(pipeline).toMatchObject({
      PipelineType: 'V2',
      ExecutionMode: 'QUEUED',
      RestartExecutionOnUpdate: false,
    });
  });

  it('rolls back the stages that deploy, and none else', () => {
    const rollback = pipeline.Stages.filter(({ OnFailure }: { OnFailure?: object }) => OnFailure);
    expect(rollback.map(({ Name }: { Name: string }) => Name)).toEqual(['dev', 'staging', 'prod']);
    for (const { OnFailure } of rollback) expect(OnFailure).toEqual({ Result: 'ROLLBACK' });
  });

  it('tells the jobs that deploy which execution they are part of, and lets them ask about this pipeline', () => {
    const executions = pipeline.Stages.slice(1).flatMap(({ Name, Actions }: Stage) =>
      Actions.flatMap((action) => {
        const { SHIPLINE_PIPELINE_EXECUTION: execution } = variablesOf(action);
        return execution ? [[`${Name}-${action.Name}`, execution]] : [];
      }),
    );
    const id = '#{codepipeline.PipelineExecutionId}';
    expect(Object.fromEntries(executions)).toEqual({
      'dev-deploy': id,
      'staging-deploy': id,
      'staging-rehearse': id,
      'prod-deploy': id,
    });
    expect(askers()).toEqual(
      ['dev', 'staging', 'prod'].map((environment) => ({
        role: `shipline-tools-${environment}-deploy`,
        resource: 'arn:aws:codepipeline:us-east-1:100000000009:shipline',
      })),
    );
  });

  it('enters prod within its window only', () => {
    expect(stageNamed('prod').BeforeEntry.Conditions).toMatchObject([
      {
        Result: 'FAIL',
        Rules: [
          {
            RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'DeploymentWindow', Version: '1' },
            Configuration: { Cron: '* * 8-14 ? * MON-THU *', TimeZone: 'UTC' },
          },
        ],
      },
    ]);
    expect(cronOf({ days: 'SAT', hours: [0, 24] })).toBe('* * 0-23 ? * SAT *');
  });

  it("takes prod back when its alarm rings afterwards, asked with a role of prod's account", () => {
    const [condition] = stageNamed('prod').OnSuccess.Conditions;
    const [rule] = condition.Rules;
    expect(condition.Result).toBe('ROLLBACK');
    expect(rule.Configuration).toMatchObject({
      AlarmName: 'shipline-prod-orders-api-faults',
      AlarmStates: 'OK',
    });
    expect(textOf(rule.RoleArn)).toBe('arn:aws:iam::100000000004:role/shipline-prod-alarm-reader');
  });

  it('asks people with the digests of what they approve, for three days', () => {
    const { Actions } = stageNamed('approval');
    const { Configuration, TimeoutInMinutes } = Actions.at(-1);
    expect(Configuration.CustomData).toContain('#{build-package.SHIPLINE_RELEASE_DIGEST}');
    expect(Configuration.CustomData).toContain('#{approval-plan.SHIPLINE_PLAN_DIGEST}');
    expect(Configuration.CustomData).toContain('#{approval-plan.SHIPLINE_LOG_LINK}');
    expect(TimeoutInMinutes).toBe(72 * 60);
  });

  it('has no action that could change the pipeline itself', () => {
    const providers = pipeline.Stages.flatMap(
      ({ Actions }: { Actions: { ActionTypeId: { Provider: string } }[] }) =>
        Actions.map(({ ActionTypeId }) => ActionTypeId.Provider),
    );
    expect(new Set(providers)).toEqual(new Set(['CodeStarSourceConnection', 'CodeBuild', 'Manual']));
    const actions = ofType(template, 'AWS::IAM::Policy').flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    const own = actions.filter((action: string) => /^(cloudformation|codepipeline|iam):/.test(action));
    expect(new Set(own)).toEqual(new Set(['codepipeline:GetPipelineExecution']));
  });

  it('tells people what waits and what has ended', () => {
    const [rule] = ofType(template, 'AWS::CodeStarNotifications::NotificationRule');
    expect(rule?.Properties.EventTypeIds).toEqual(
      expect.arrayContaining([
        'codepipeline-pipeline-manual-approval-needed',
        'codepipeline-pipeline-pipeline-execution-failed',
      ]),
    );
    expect(ofType(template, 'AWS::SNS::Subscription')).toHaveLength(1);
  });
});

describe('artifacts', () => {
  it('are encrypted with a key of their own, in a bucket that nobody outside reads', () => {
    expect(pipeline.ArtifactStore.EncryptionKey.Type).toBe('KMS');
    expect(ofType(template, 'AWS::S3::Bucket')[0]?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });
});

describe('the source', () => {
  it('is GitLab by the same kind of connection', () => {
    const gitlab = synthesizePipeline('gitlab:group/sub/shipline').template;
    expect(ofType(gitlab, 'AWS::CodeConnections::Connection')[0]?.Properties.ProviderType).toBe('GitLab');
    const { FullRepositoryId } = pipelineOf(gitlab).Stages[0].Actions[0].Configuration;
    expect(FullRepositoryId).toBe('group/sub/shipline');
  });

  it('is CodeCommit by an event of its branch', () => {
    const codecommit = synthesizePipeline('codecommit:shipline').template;
    expect(ofType(codecommit, 'AWS::CodeConnections::Connection')).toEqual([]);
    const patterns = ofType(codecommit, 'AWS::Events::Rule').map(({ Properties }) => Properties.EventPattern);
    expect(patterns).toContainEqual(
      expect.objectContaining({ detail: expect.objectContaining({ referenceName: ['main'] }) }),
    );
  });
});

describe('cdk-nag', () => {
  it('finds nothing that nobody has accepted', () => {
    expect(nagOf(stack).open).toEqual([]);
  });

  it('is asked to accept on single constructs only, and nothing in vain', () => {
    const { found, accepted } = nagOf(stack);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.filter((one) => !found.some((finding) => finding.startsWith(`${one}/`)))).toEqual([]);
  });
});

describe('the four numbers of delivery', () => {
  it('count what arrived in prod and what failed there, and know whether prod is well', () => {
    const filters = ofType(template, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);

    const inProd = (state: string) => `{ ($.detail.stage = "prod") && ($.detail.state = "${state}") }`;
    expect(
      filters.map(({ FilterPattern, MetricTransformations: [{ MetricName, MetricValue }] }) => [
        MetricName,
        MetricValue,
        FilterPattern,
      ]),
    ).toEqual([
      ['Deployments', '1', inProd('SUCCEEDED')],
      ['FailedDeployments', '1', inProd('FAILED')],
      ['ProdIsUnwell', '1', inProd('FAILED')],
      ['ProdIsUnwell', '0', inProd('SUCCEEDED')],
    ]);
  });

  it('stand on a dashboard', () => {
    const [dashboard] = ofType(template, 'AWS::CloudWatch::Dashboard');
    const body = textOf(dashboard?.Properties.DashboardBody);

    for (const title of ['Deployment frequency', 'Change failure rate', 'Lead time', 'Time to restore'])
      expect(body).toContain(title);
    expect(body).toContain('PipelineDuration');
    expect(body).toContain('SUM(FILL(unwell, REPEAT))');
  });
});
