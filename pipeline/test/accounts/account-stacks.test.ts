import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { placeholderVariables } from '../../src/accounts/placeholders.js';
import type { RolePlace } from '../../src/accounts/places.js';
import { statementsOf } from '../../src/accounts/role-policies.js';
import { accountStack, type BootstrapTarget } from '../../src/accounts/synthesize.js';
import { localToolsAccount, region } from '../../src/accounts/tools.js';
import { releaseVariables } from '../../src/render/commands.js';
import { nagOf } from '../nag.js';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** CloudFormation takes no more of a template that comes along with the request. */
const longestTemplate = 51_200;

function synthesized(target: BootstrapTarget, engine: string = placeholderVariables.SHIPLINE_ENGINE) {
  const stack = accountStack(target, { ...placeholderVariables, SHIPLINE_ENGINE: engine });
  const { template } = (App.of(stack) as App).synth().getStackArtifact(stack.artifactId);
  const resources = (template as { Resources: Record<string, Resource> }).Resources;
  const ofType = (type: string) =>
    Object.values(resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties);
  return { stack, template, ofType };
}

describe.each(['dev', 'prod', 'tools'] as const)('the account of %s', (target) => {
  const { stack, template, ofType } = synthesized(target);

  it('has no bucket that is open, unencrypted, without versions or reached without TLS', () => {
    const buckets = ofType('AWS::S3::Bucket');
    expect(buckets.map(({ BucketName }) => BucketName)).toContainEqual(
      expect.stringMatching(/^shipline-artifacts-\d{12}-us-east-1$/),
    );
    for (const bucket of buckets)
      expect(bucket).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      });
    const policies = ofType('AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(buckets.length);
    for (const { PolicyDocument } of policies)
      expect((PolicyDocument as { Statement: unknown[] }).Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
  });

  it('writes down everything in files that cannot be changed unseen', () => {
    expect(ofType('AWS::CloudTrail::Trail')).toEqual([
      expect.objectContaining({
        EnableLogFileValidation: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        IsLogging: true,
        KMSKeyId: expect.anything(),
        CloudWatchLogsLogGroupArn: expect.anything(),
      }),
    ]);
  });

  it('rings for each watched act', () => {
    const names = ofType('AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName);
    const expected =
      target === 'tools'
        ? ['approval-given', 'role-refused', 'release-key-changed', 'role-changed', 'trail-changed']
        : ['deploy-role-taken', 'role-refused', 'boundary-changed', 'role-changed', 'trail-changed'];
    expect(names).toEqual(expected.map((name) => `shipline-account-${name}`));
    const metrics = ofType('AWS::Logs::MetricFilter').flatMap(
      ({ MetricTransformations }) => MetricTransformations as { MetricNamespace: string }[],
    );
    const watched = metrics.filter(({ MetricNamespace }) => MetricNamespace !== 'Shipline/Delivery');
    expect(watched).toEqual(expected.map((MetricName) => expect.objectContaining({ MetricName })));
  });

  it('goes along with one request: there is no bucket before it', () => {
    expect(JSON.stringify(template).length).toBeLessThan(longestTemplate);
  });

  it('has no finding of cdk-nag that nobody has accepted, and accepts none in vain', () => {
    const { open, found, accepted } = nagOf(stack);
    expect(open).toEqual([]);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.filter((one) => !found.some((finding) => finding.startsWith(one)))).toEqual([]);
  });
});

describe('the record of deployments', () => {
  const { ofType } = synthesized('prod');

  it('counts shifts of traffic that failed or were stopped, as CodeDeploy tells', () => {
    expect(ofType('AWS::Events::Rule')).toContainEqual(
      expect.objectContaining({
        EventPattern: {
          source: ['aws.codedeploy'],
          'detail-type': ['CodeDeploy Deployment State-change Notification'],
          detail: { state: ['SUCCESS', 'FAILURE', 'STOP'] },
        },
      }),
    );
    const patterns = ofType('AWS::Logs::MetricFilter').map(({ FilterPattern }) => FilterPattern);
    expect(patterns).toContain('{ $.detail.state = "SUCCESS" }');
    expect(patterns).toContain('{ ($.detail.state = "FAILURE") || ($.detail.state = "STOP") }');
  });

  it('stands on a dashboard where customers are', () => {
    expect(ofType('AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(synthesized('dev').ofType('AWS::CloudWatch::Dashboard')).toEqual([]);
  });
});

describe('roles', () => {
  const namesOf = (target: BootstrapTarget) =>
    synthesized(target)
      .ofType('AWS::IAM::Role')
      .map(({ RoleName }) => RoleName)
      .filter(Boolean);

  it('of an environment are one per kind of job, and CloudFormation’s', () => {
    expect(namesOf('dev').sort()).toEqual(
      ['cloudformation', 'deploy', 'plan', 'test'].map((name) => `shipline-dev-${name}`),
    );
  });

  it('of prod have one more, for the pipeline that asks its alarms', () => {
    expect(namesOf('prod')).toContain('shipline-prod-alarm-reader');
  });

  it('of the tools account are the build’s alone', () => {
    expect(namesOf('tools')).toEqual(['shipline-tools-build']);
  });
});

describe('the tools account', () => {
  const { ofType } = synthesized('tools', 'codepipeline');

  it('signs with an asymmetric key, and nobody but the build does', () => {
    const key = ofType('AWS::KMS::Key').find(({ KeyUsage }) => KeyUsage === 'SIGN_VERIFY');
    expect(key).toMatchObject({ KeySpec: 'ECC_NIST_P256' });
    expect(key?.['KeyPolicy']).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'kms:Sign',
          Condition: {
            ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::100000000009:role/shipline-tools-build' },
          },
        }),
      ]),
    });
  });

  it('calls that key what the engines are told and the roles that verify may read', () => {
    const names = ofType('AWS::KMS::Alias').map(({ AliasName }) => AliasName);
    const { SHIPLINE_RELEASE_KEY: told } = releaseVariables(localToolsAccount, region);
    const place: RolePlace = {
      environment: 'prod',
      account: '100000000004',
      toolsAccount: localToolsAccount,
      region,
    };
    const readable = JSON.stringify(statementsOf.deploy(place));

    expect(names).toContain(told.split(':').at(-1));
    expect(readable).toContain(`"kms:ResourceAliases":"${told.split(':').at(-1)}"`);
  });

  it('has the profile that signs prod’s code, for prod alone', () => {
    expect(ofType('AWS::Signer::SigningProfile')).toEqual([
      { ProfileName: 'shipline_prod', PlatformId: 'AWSLambda-SHA384-ECDSA' },
    ]);
    const principals = ofType('AWS::Signer::ProfilePermission').map(({ Principal }) => Principal);
    expect(new Set(principals)).toEqual(new Set(['100000000004']));
  });

  it('trusts no issuer of tokens where CodePipeline runs the road', () => {
    expect(ofType('AWS::IAM::OIDCProvider')).toEqual([]);
    expect(synthesized('tools').ofType('AWS::IAM::OIDCProvider')).toHaveLength(1);
  });
});
