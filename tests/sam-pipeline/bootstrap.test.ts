import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { application } from './application.js';

let app: Awaited<ReturnType<typeof application>>;
let cloudFormation: CloudFormationClient;

// What one run notes in .aws-sam/pipeline, the next goes by: each test has a repository of its own.
beforeEach(async () => {
  app = await application();
});
afterEach(() => app.remove());

beforeAll(async () => {
  (await application()).remove();
  cloudFormation = new CloudFormationClient({});
  // SAM makes none where the account has one; to make one it would ask GitHub for its certificate.
  await cloudFormation.send(
    new CreateStackCommand({ StackName: 'github', TemplateBody: JSON.stringify(provider) }),
  );
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60 }, { StackName: 'github' });
});

const provider = {
  Resources: {
    GitHub: {
      Type: 'AWS::IAM::OIDCProvider',
      Properties: {
        Url: 'https://token.actions.githubusercontent.com',
        ClientIdList: ['sts.amazonaws.com'],
        ThumbprintList: ['0000000000000000000000000000000000000000'],
      },
    },
  },
};
const unasked = ['--no-interactive', '--no-confirm-changeset', '--region', 'us-east-1'];
const byOidc = [
  ...['--permissions-provider', 'oidc', '--cicd-provider', 'github-actions'],
  ...['--oidc-provider-url', 'https://token.actions.githubusercontent.com'],
  ...['--oidc-client-id', 'sts.amazonaws.com', '--github-org', 'shipline', '--github-repo', 'shop'],
  ...['--deployment-branch', 'main'],
];

const stackOf = (stage: string) => `aws-sam-cli-managed-${stage}-pipeline-resources`;

/** Types of the resources that a stage got. */
async function resourcesOf(stage: string): Promise<string[]> {
  const StackName = stackOf(stage);
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.map(({ ResourceType = '' }) => ResourceType).sort();
}

async function outputsOf(stage: string): Promise<Record<string, string | undefined>> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: stackOf(stage) }),
  );
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
}

const stageResources = [
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::Role',
  'AWS::S3::Bucket',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::S3::BucketPolicy',
];

describe('sam pipeline bootstrap', () => {
  it('makes roles and buckets of two stages for GitHub Actions, and init takes them over', async () => {
    for (const stage of ['dev', 'prod']) {
      const { code, output } = app.samPipeline(['bootstrap', '--stage', stage, ...unasked, ...byOidc]);
      expect(output).toContain('Pipeline execution role');
      expect(code).toBe(0);
      expect(await resourcesOf(stage)).toEqual(stageResources);
    }
    const typed = ['', '', '', '', '', '', '', '2', ...stageAnswers('dev'), ...stageAnswers('prod')];

    const { output } = app.samPipeline(['init'], ['2', 'pipeline/sam-pipeline-template', ...typed]);

    expect(output).toContain('Successfully created');
    const workflow = readFileSync(join(app.folder, '.github/workflows/sam-pipeline.yml'), 'utf8');
    for (const stage of ['dev', 'prod']) {
      const made = await outputsOf(stage);
      expect(workflow).toContain(`role-to-assume: ${made['PipelineExecutionRole']}\n`);
      expect(workflow).toContain(`EXECUTION_ROLE: ${made['CloudFormationExecutionRole']}\n`);
      expect(workflow).toContain(`BUCKET: ${made['ArtifactsBucket']?.replace('arn:aws:s3:::', '')}\n`);
    }
  });

  it('makes a user with an access key where there is no OIDC', async () => {
    const { code, output } = app.samPipeline(['bootstrap', '--stage', 'by-key', ...unasked]);

    expect(code).toBe(0);
    expect(await resourcesOf('by-key')).toEqual(
      [...stageResources, 'AWS::IAM::AccessKey', 'AWS::IAM::User', 'AWS::SecretsManager::Secret'].sort(),
    );
    const [, key = ''] = /AWS_ACCESS_KEY_ID: (\S+)/.exec(output) ?? [];
    const secret = await secretOf('by-key');
    expect(secret['aws_access_key_id']).toBe(key);
    expect(output).toContain(`AWS_SECRET_ACCESS_KEY: ${secret['aws_secret_access_key']}`);
  });

  it('refuses what the seed of the project writes, and takes the names that superseded it', async () => {
    const user = `arn:aws:iam::${app.account}:user/pipeline-user`;
    const seed = [
      '--region',
      'ap-southeast-1',
      '--stack-name',
      'ci-cd-resources',
      '--pipeline-user-arn',
      user,
    ];
    const now = ['--region', 'ap-southeast-1', '--stage', 'ci-cd-resources', '--pipeline-user', user];

    const refused = app.samPipeline(['bootstrap', ...seed]);
    const taken = app.samPipeline(['bootstrap', '--no-interactive', '--no-confirm-changeset', ...now]);

    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('No such option');
    expect(taken.code).toBe(0);
    expect(taken.output).toContain('The following resources were created in your account');
  });
});

/** Its name and that of its stack; everything else is what `bootstrap` noted. */
const stageAnswers = (stage: string) => [stage, `orders-${stage}`, '', '', '', '', '', ''];

async function secretOf(stage: string): Promise<Record<string, string>> {
  const { PipelineUserSecretKey: SecretId } = await outputsOf(stage);
  const { SecretString = '{}' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId }),
  );
  return JSON.parse(SecretString);
}
