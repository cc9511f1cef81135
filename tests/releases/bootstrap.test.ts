import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { GetBucketVersioningCommand, GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
import { bootstrap } from '@shipline/pipeline/accounts/bootstrap';
import { bootstrapStackName } from '@shipline/pipeline/accounts/names';
import { accountStack, type BootstrapTarget } from '@shipline/pipeline/accounts/synthesize';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

// Accounts that no other test of this cloud works in.
const accounts = { dev: '100000000072', tools: '100000000079' } as const;

const templateOf = (target: BootstrapTarget, engine: string) =>
  JSON.stringify(
    Template.fromStack(
      accountStack(target, {
        SHIPLINE_ACCOUNTS: 'local',
        SHIPLINE_ENGINE: engine,
        SHIPLINE_DEV_ACCOUNT: accounts.dev,
        SHIPLINE_TOOLS_ACCOUNT: accounts.tools,
      }),
    ).toJSON(),
  );

function account(target: keyof typeof accounts) {
  adoptLocalAws({ port: cloudPlace().port, account: accounts[target] });
  const client = new CloudFormationClient({});
  const stackName = bootstrapStackName(target);
  return {
    s3: new S3Client({ forcePathStyle: true }),
    async run(template: string, agreed = true) {
      const said: string[] = [];
      const say = (line: string) => said.push(line);
      const done = await bootstrap({
        client,
        stackName,
        template,
        local: true,
        say,
        agreed: async () => agreed,
      });
      return { done, said };
    },
    async status() {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
      return stack?.StackStatus;
    },
    async resources() {
      const found: string[] = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client },
        { StackName: stackName },
      ))
        found.push(...StackResourceSummaries.map(({ ResourceType = '' }) => ResourceType));
      return found;
    },
  };
}

describe('an account without anything', () => {
  it('gets its roles, its boundary, its bucket and its record, and changes only when somebody agrees', async () => {
    const dev = account('dev');
    const github = templateOf('dev', 'github:example/shipline');

    const first = await dev.run(github);

    expect(first.done).toBe(true);
    expect(first.said).toContainEqual(expect.stringMatching(/^Add AWS::CloudTrail::Trail /));
    expect(first.said).toContainEqual(
      expect.stringMatching(/^\+ Deploy: Allow cloudformation:ExecuteChangeSet on /),
    );
    expect(await dev.status()).toBe('CREATE_COMPLETE');
    expect(await dev.resources()).toEqual(
      expect.arrayContaining([
        'AWS::IAM::Role',
        'AWS::IAM::ManagedPolicy',
        'AWS::IAM::OIDCProvider',
        'AWS::S3::Bucket',
      ]),
    );
    const Bucket = `shipline-artifacts-${accounts.dev}-us-east-1`;
    expect(await dev.s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({
      Status: 'Enabled',
    });
    expect(await dev.s3.send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });

    const again = await dev.run(github);

    expect(again).toEqual({ done: true, said: ['shipline-dev-bootstrap is as it should be.'] });

    const refused = await dev.run(templateOf('dev', 'codepipeline'), false);

    expect(refused.done).toBe(false);
    expect(refused.said).toContainEqual(
      expect.stringMatching(/^- Deploy: Allow sts:AssumeRoleWithWebIdentity/),
    );
    expect(await dev.resources()).toContain('AWS::IAM::OIDCProvider');
  });
});

describe('the tools account', () => {
  it('gets the key, the profile and the store', async () => {
    const tools = account('tools');

    const { done } = await tools.run(templateOf('tools', 'codepipeline'));

    expect(done).toBe(true);
    expect(await tools.resources()).toEqual(
      expect.arrayContaining([
        'AWS::KMS::Key',
        'AWS::Signer::SigningProfile',
        'AWS::S3::Bucket',
        'AWS::IAM::Role',
      ]),
    );
  });
});
