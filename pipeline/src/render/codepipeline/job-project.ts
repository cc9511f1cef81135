import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  BuildEnvironmentVariableType,
  BuildSpec,
  ComputeType,
  LinuxBuildImage,
  PipelineProject,
} from 'aws-cdk-lib/aws-codebuild';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { buildRoleName, checkRoleName, pipelineName, runnerRoleName } from '../../accounts/names.js';
import { timeoutMinutes } from '../commands.js';
import type { RoadJob } from '../road-job.js';
import { acceptArtifacts, acceptLogs } from './accepted-findings.js';
import type { PipelineSettings } from './settings.js';

/** CodeBuild for one job: the commands of buildspec.yml, under the role that the job has and no other. */
export function jobProject(scope: Construct, job: RoadJob, settings: PipelineSettings, bucket: Bucket) {
  const role = runnerRole(scope, job, settings, bucket);
  const project = new PipelineProject(scope, `${pascal(job.id)}Project`, {
    projectName: `shipline-${job.id}`,
    description: job.job.gates.join(', '),
    role,
    buildSpec: BuildSpec.fromSourceFilename('buildspec.yml'),
    ...(bucket.encryptionKey && { encryptionKey: bucket.encryptionKey }),
    // The browser of the journeys is made for x86.
    environment: { buildImage: LinuxBuildImage.AMAZON_LINUX_2023_5, computeType: ComputeType.MEDIUM },
    environmentVariables: plain({ CI: 'true', ...settings.variables }),
    grantReportGroupPermissions: false,
    logging: { cloudWatch: { logGroup: logs(scope, job) } },
    timeout: Duration.minutes(timeoutMinutes(job)),
  });
  acceptLogs(role, project);
  return project;
}

export const plain = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      { value, type: BuildEnvironmentVariableType.PLAINTEXT },
    ]),
  );

const logs = (scope: Construct, { id }: RoadJob) =>
  new LogGroup(scope, `${pascal(id)}Logs`, {
    logGroupName: `/shipline/pipeline/${id}`,
    retention: RetentionDays.SIX_MONTHS,
    removalPolicy: RemovalPolicy.RETAIN,
  });

/** Jobs with the same rights share a role. */
function runnerRole(scope: Construct, job: RoadJob, settings: PipelineSettings, bucket: Bucket): IRole {
  const id = pascal(runnerOf(job));
  const known = scope.node.tryFindChild(id);
  if (known) return known as Role;
  // The role of the build signs, on whatever engine: it comes with the account's bootstrap.
  const role =
    runnerOf(job) === buildRoleName
      ? Role.fromRoleName(scope, id, buildRoleName)
      : newRunnerRole(scope, id, job, settings);
  acceptArtifacts(role, bucket, { writes: job.release === 'makes' || job.plansForApproval });
  return role;
}

const runnerOf = ({ aws, job }: RoadJob) => {
  if (!aws) return checkRoleName;
  return aws.environment && job.role !== 'build' ? runnerRoleName(aws.environment, job.role) : buildRoleName;
};

function newRunnerRole(scope: Construct, id: string, job: RoadJob, { accounts }: PipelineSettings): Role {
  const { aws } = job;
  const role = new Role(scope, id, {
    roleName: runnerOf(job),
    assumedBy: new ServicePrincipal('codebuild.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description: aws ? `Runs jobs that assume ${aws.name}, and no other role.` : 'Runs jobs without rights.',
  });
  if (aws?.environment) {
    const resources = [roleArnOf(accounts[aws.environment], aws.name)];
    role.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources }));
  }
  if (job.job.role === 'deploy') role.addToPolicy(asksForItsExecution(scope));
  return role;
}

/** By name: the pipeline itself is made after the roles of its jobs. */
const asksForItsExecution = (scope: Construct) =>
  new PolicyStatement({
    actions: ['codepipeline:GetPipelineExecution'],
    resources: [Stack.of(scope).formatArn({ service: 'codepipeline', resource: pipelineName })],
  });

export const roleArnOf = (account: string, name: string) =>
  `arn:${Aws.PARTITION}:iam::${account}:role/${name}`;

/** `prod-deploy` as `ProdDeploy`. */
const pascal = (name: string) =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
