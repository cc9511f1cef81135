import type { EnvironmentName } from '@shipline/infra';
import type { JobRole } from '../delivery/stage.js';

/** An account of the road that is an environment of the shop. */
export type DeliveredEnvironment = Exclude<EnvironmentName, 'local'>;
/** Roles that exist once per environment; `build` exists once, in the account that owns the pipeline. */
export type EnvironmentRole = Exclude<JobRole, 'build'>;

/** What a job may do in an environment's account, for example `shipline-prod-deploy`. */
export const roleName = (environment: DeliveredEnvironment, role: EnvironmentRole) =>
  `shipline-${environment}-${role}` as const;

/** How long a job may keep a role, in seconds: prod's canaries alone take most of an hour. */
export const sessionSeconds = (role: JobRole) => (role === 'deploy' ? 7_200 : 3_600);

/** What the jobs of the build may do, in the tools account: sign. It can assume nothing. */
export const buildRoleName = 'shipline-tools-build';

/** Under what CodeBuild runs the jobs that need nothing of AWS. */
export const checkRoleName = 'shipline-tools-check';

/** With what CloudFormation itself makes resources; only the deploy role may pass it. */
export const executionRoleName = (environment: DeliveredEnvironment) =>
  `shipline-${environment}-cloudformation` as const;

/**
 * The tools account's role under which CodeBuild runs an environment's jobs, for example `shipline-tools-prod-deploy`.
 * It can assume the environment's role of the same kind, which trusts it alone; one that deploys may also ask what kind of
 * execution it is part of.
 */
export const runnerRoleName = (environment: DeliveredEnvironment, role: EnvironmentRole) =>
  `shipline-tools-${environment}-${role}` as const;

/** With what CodePipeline asks an environment's alarms; it may describe them, and trusts the pipeline's role alone. */
export const alarmReaderRoleName = (environment: DeliveredEnvironment) =>
  `shipline-${environment}-alarm-reader` as const;

/** The stack that `pnpm bootstrap` makes in an account. */
export const bootstrapStackName = (account: DeliveredEnvironment | 'tools') =>
  `shipline-${account}-bootstrap` as const;

/** The profile of AWS Signer with which prod's code is signed, in the tools account. */
export const signingProfileName = 'shipline_prod';

/** CodePipeline's own role in the tools account: it starts the jobs there and can deploy nothing. */
export const pipelineRoleName = 'shipline-tools-pipeline';

/** Where every release is kept that was ever deployed, in the tools account: a rollback finds it there. */
export const releaseBucketName = (account: string, region: string) =>
  `shipline-releases-${account}-${region}`;

/** The key that signs releases, in the tools account. */
export const releaseKeyAlias = 'alias/shipline-release';
/** Other accounts know it by this ARN. */
export const releaseKeyArn = (account: string, region: string) =>
  `arn:aws:kms:${region}:${account}:${releaseKeyAlias}`;

/** Where CodePipeline keeps what its jobs hand on, in the tools account. */
export const pipelineBucketName = (account: string, region: string) =>
  `shipline-pipeline-${account}-${region}`;

/** The pipeline and its stack in the tools account. */
export const pipelineName = 'shipline';
export const pipelineStackName = 'shipline-tools-pipeline';

/**
 * What GitHub and GitLab call the place where a job runs: a token names it, so each role has one of its own. A plan
 * of prod, which nobody has approved yet, runs in `prod-plan` and gets no token that the deploy role would take.
 */
export const deploymentEnvironment = (environment: DeliveredEnvironment, role: EnvironmentRole) =>
  role === 'deploy' ? environment : (`${environment}-${role}` as const);

/** The same for the jobs of the build that need AWS. */
export const buildEnvironment = 'tools';

export type DeploymentEnvironment = ReturnType<typeof deploymentEnvironment> | typeof buildEnvironment;
