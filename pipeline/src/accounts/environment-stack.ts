import { artifactBucketName, boundaryName, type Environment } from '@shipline/infra';
import { type App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnOIDCProvider, type CfnRole } from 'aws-cdk-lib/aws-iam';
import { allowList } from './allow-list.js';
import { AuditTrail } from './audit-trail.js';
import { boundaryStatements, guardStatements } from './boundary.js';
import { acceptWildcards, roleWith, roleWithPolicies } from './bounded-policies.js';
import { GuardedBucket } from './bucket.js';
import { DeploymentRecord } from './deployment-record.js';
import {
  alarmReaderRoleName,
  bootstrapStackName,
  type DeliveredEnvironment,
  type EnvironmentRole,
  executionRoleName,
  pipelineRoleName,
  roleName,
  sessionSeconds,
} from './names.js';
import { audience } from './oidc.js';
import { everywhere, type RolePlace, roleArn } from './places.js';
import { statementsOf } from './role-policies.js';
import { allow, policy } from './statements.js';
import { issuerOf, type TrustedEngine, trustOf } from './trust.js';
import { actsInEnvironment } from './watched-acts.js';

export interface EnvironmentAccount {
  readonly environment: Environment & { readonly name: DeliveredEnvironment };
  readonly toolsAccount: string;
  readonly engine: TrustedEngine;
  /** Types of resources that the environment's templates have. */
  readonly types: readonly string[];
}

const does = {
  plan: 'Looks at the environment and makes change sets; executes none.',
  deploy: 'Executes change sets, and publishes the storefront.',
  test: 'Uses the shop as its customers do, and reads what it tells of itself.',
} as const satisfies Record<EnvironmentRole, string>;

/** What an environment's account has before anything is released into it: nothing of the shop, all that guards it. */
export class EnvironmentAccountStack extends Stack {
  private readonly place: RolePlace;

  constructor(
    scope: App,
    private readonly props: EnvironmentAccount,
  ) {
    const { account, region, name, alarmAddress } = props.environment;
    super(scope, bootstrapStackName(name), {
      description: `Roles, boundary, artifacts and record of the account of ${name}.`,
      env: { account, region },
      // There is no bucket yet that could take the template.
      synthesizer: new BootstraplessSynthesizer(),
      suppressTemplateIndentation: true,
      terminationProtection: true,
      tags: { 'shipline:environment': name, 'shipline:stack': 'bootstrap' },
    });
    this.place = { environment: name, account, region, toolsAccount: props.toolsAccount };
    new GuardedBucket(this, 'Artifacts', {
      bucketName: artifactBucketName(props.environment),
      alias: 'shipline-artifacts',
      holds: 'what CloudFormation and Lambda take the code of the shop from.',
      keepsVersionsDays: 90,
    });
    this.boundary();
    this.executionRole();
    const provider = this.oidcProvider();
    for (const role of ['plan', 'deploy', 'test'] as const) {
      const made = this.jobRole(role);
      if (provider) made.addResourceDependency(provider);
    }
    if (name === 'prod') this.alarmReader();
    new DeploymentRecord(this, name);
    new AuditTrail(this, {
      account,
      region,
      acts: actsInEnvironment(name),
      ...(alarmAddress && { notify: alarmAddress }),
    });
  }

  private boundary(): void {
    const statements = boundaryStatements(this.place);
    const managed = new CfnManagedPolicy(this, 'Boundary', {
      managedPolicyName: boundaryName(this.place.environment),
      description: `The most that a role of ${this.place.environment} may do which CloudFormation makes.`,
      policyDocument: policy(statements),
    });
    acceptWildcards(managed, statements);
  }

  private executionRole(): void {
    const { account, environment } = this.place;
    roleWithPolicies(this, 'Execution', {
      roleName: executionRoleName(environment),
      policyName: executionRoleName(environment),
      description: `CloudFormation makes the resources of ${environment} with it.`,
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudformation.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
      statements: allowList(this.place, this.props.types),
      guard: guardStatements(this.place),
    });
  }

  private jobRole(role: EnvironmentRole): CfnRole {
    const { account, environment, toolsAccount } = this.place;
    return roleWith(this, `${role[0]?.toUpperCase()}${role.slice(1)}`, {
      roleName: roleName(environment, role),
      description: does[role],
      trust: trustOf(this.props.engine, { account, toolsAccount, environment, role }),
      statements: statementsOf[role](this.place),
      sessionSeconds: sessionSeconds(role),
    });
  }

  /** GitHub's or GitLab's: without it their tokens say nothing here. */
  private oidcProvider(): CfnOIDCProvider | undefined {
    const { engine } = this.props;
    if (engine.kind === 'codepipeline') return undefined;
    return new CfnOIDCProvider(this, 'Issuer', {
      url: `https://${issuerOf[engine.kind]}`,
      clientIdList: [audience],
    });
  }

  /** CodePipeline asks with it whether an alarm rings. */
  private alarmReader(): void {
    const { environment, toolsAccount } = this.place;
    roleWith(this, 'AlarmReader', {
      roleName: alarmReaderRoleName(environment),
      description: 'Tells the pipeline whether an alarm rings.',
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: everywhere({ account: toolsAccount }, 'iam', 'root') },
            Action: 'sts:AssumeRole',
            Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(toolsAccount, pipelineRoleName) } },
          },
        ],
      },
      statements: [allow(['cloudwatch:DescribeAlarms'], ['*'])],
    });
  }
}
