import { artifactBucketName } from '@shipline/infra';
import { type App, BootstraplessSynthesizer, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  AnyPrincipal,
  CfnOIDCProvider,
  Effect,
  PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { CfnProfilePermission, CfnSigningProfile } from 'aws-cdk-lib/aws-signer';
import { AuditTrail } from './audit-trail.js';
import { roleWith } from './bounded-policies.js';
import { GuardedBucket } from './bucket.js';
import {
  bootstrapStackName,
  buildRoleName,
  type DeliveredEnvironment,
  type EnvironmentRole,
  releaseBucketName,
  releaseKeyAlias,
  roleName,
  signingProfileName,
} from './names.js';
import { audience } from './oidc.js';
import { roleArn } from './places.js';
import { allow, deny, type Statement } from './statements.js';
import { buildTrust, issuerOf, type TrustedEngine } from './trust.js';
import { actsInTools } from './watched-acts.js';

export interface ToolsAccount {
  readonly account: string;
  readonly region: string;
  readonly environments: Readonly<Record<DeliveredEnvironment, string>>;
  readonly engine: TrustedEngine;
  readonly notify?: string;
}

/** What the jobs of the build may do. @param key ARN of the key that signs releases. */
export const buildStatements = (key: string): Statement[] => [
  allow(['kms:Sign', 'kms:GetPublicKey', 'kms:DescribeKey'], [key]),
  deny(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'iam:*'], ['*']),
];

/** What the account that owns the pipeline has before there is one: key, profile, store of releases, the build's role. */
export class ToolsAccountStack extends Stack {
  constructor(
    scope: App,
    private readonly props: ToolsAccount,
  ) {
    const { account, region, notify } = props;
    super(scope, bootstrapStackName('tools'), {
      description:
        'Release key, signing profile, releases, role of the build and record of the tools account.',
      env: { account, region },
      // There is no bucket yet that could take the template.
      synthesizer: new BootstraplessSynthesizer(),
      suppressTemplateIndentation: true,
      terminationProtection: true,
      tags: { 'shipline:stack': 'bootstrap' },
    });
    new GuardedBucket(this, 'Artifacts', {
      bucketName: artifactBucketName(props),
      alias: 'shipline-artifacts',
      holds: 'the template of the pipeline.',
      keepsVersionsDays: 90,
    });
    const key = this.releaseKey();
    this.releases();
    this.signingProfile();
    this.buildRole(key);
    new AuditTrail(this, { account, region, acts: actsInTools, ...(notify && { notify }) });
  }

  /** Only the build signs; whoever deploys or plans may know the public half. */
  private releaseKey(): Key {
    const key = new Key(this, 'ReleaseKey', {
      alias: releaseKeyAlias,
      description: 'Signs the manifests of releases',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      this.letEnvironments(['plan', 'deploy'], ['kms:GetPublicKey', 'kms:DescribeKey'], ['*']),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Sign'],
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': roleArn(this.account, buildRoleName) } },
      }),
    );
    return key;
  }

  /** Every release that was ever deployed: a deployment adds its own, and none takes one away. */
  private releases(): void {
    const { bucket, key } = new GuardedBucket(this, 'Releases', {
      bucketName: releaseBucketName(this.account, this.region),
      alias: 'shipline-releases',
      holds: 'every release that was deployed.',
      keepsVersionsDays: 365,
    });
    bucket.addToResourcePolicy(this.letEnvironments(['deploy'], ['s3:ListBucket'], [bucket.bucketArn]));
    bucket.addToResourcePolicy(
      this.letEnvironments(['deploy'], ['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]),
    );
    // One environment's deployment could otherwise change what another one goes back to.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
    key.addToResourcePolicy(this.letEnvironments(['deploy'], ['kms:Decrypt', 'kms:GenerateDataKey'], ['*']));
  }

  /** Roles of other accounts by their names: they need not be there yet. */
  private letEnvironments(
    roles: readonly EnvironmentRole[],
    actions: string[],
    resources: string[],
  ): PolicyStatement {
    const accounts = Object.entries(this.props.environments) as [DeliveredEnvironment, string][];
    const arns = accounts.flatMap(([name, account]) =>
      roles.map((role) => roleArn(account, roleName(name, role))),
    );
    return new PolicyStatement({
      principals: accounts.map(([, account]) => new AccountPrincipal(account)),
      actions,
      resources,
      conditions: { ArnEquals: { 'aws:PrincipalArn': arns } },
    });
  }

  /** Prod's Lambda functions run what this profile has signed; prod's own account may ask it to. */
  private signingProfile(): void {
    const profile = new CfnSigningProfile(this, 'SigningProfile', {
      profileName: signingProfileName,
      platformId: 'AWSLambda-SHA384-ECDSA',
    });
    for (const [id, action] of [
      ['Start', 'signer:StartSigningJob'],
      ['Get', 'signer:GetSigningProfile'],
    ] as const)
      new CfnProfilePermission(this, `SigningProfile${id}`, {
        profileName: profile.attrProfileName,
        action,
        principal: this.props.environments.prod,
        statementId: `prod-${id.toLowerCase()}`,
      });
    new CfnOutput(this, 'SigningProfileVersionArn', {
      value: profile.attrProfileVersionArn,
      description: 'SHIPLINE_SIGNING_PROFILE_ARN',
    });
  }

  private buildRole(key: Key): void {
    const { engine } = this.props;
    const role = roleWith(this, 'Build', {
      roleName: buildRoleName,
      description: 'Signs releases, and can assume nothing.',
      trust: buildTrust(engine, this.account),
      statements: buildStatements(key.keyArn),
    });
    if (engine.kind === 'codepipeline') return;
    const issuer = new CfnOIDCProvider(this, 'Issuer', {
      url: `https://${issuerOf[engine.kind]}`,
      clientIdList: [audience],
    });
    role.addResourceDependency(issuer);
  }
}
