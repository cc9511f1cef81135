import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSigningProfileCommand, PutSigningProfileCommand, SignerClient } from '@aws-sdk/client-signer';
import { stackName } from '@shipline/infra';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
import { accountOf } from '@shipline/pipeline/deploy/account';
import type { ArtifactPrefix } from '@shipline/pipeline/deploy/artifact-prefix';
import { sealed } from '@shipline/pipeline/deploy/plan-file';
import { planStacks } from '@shipline/pipeline/deploy/planning';
import { releasedStack } from '@shipline/pipeline/deploy/released-stacks';
import { samSettingOf } from '@shipline/pipeline/deploy/sam-setting';
import { deployStack } from '@shipline/pipeline/deploy/stack-deployment';
import { writeManifest } from '@shipline/pipeline/release/manifest';
import { environmentOf } from '@shipline/tooling/deploy/target';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const id = 'notifications';
const name = stackName('prod', id);
const folder = mkdtempSync(join(tmpdir(), 'shipline-signed-'));
const asset = `${'0'.repeat(64)}.zip`;

beforeAll(async () => {
  process.env['SHIPLINE_ACCOUNTS'] = 'local';
  const local = cloudPlace();
  adoptLocalAws({ port: local.port, account: environmentOf('prod').account });
  process.env['SHIPLINE_SIGNING_PROFILE_ARN'] = await profileVersion('shipline_prod');
});
afterAll(() => {
  delete process.env['SHIPLINE_SIGNING_PROFILE_ARN'];
  rmSync(folder, { recursive: true, force: true });
});

/** The version of prod's profile, as the account's bootstrap makes it. */
async function profileVersion(profileName: string): Promise<string | undefined> {
  const signer = new SignerClient({});
  const known = await signer.send(new GetSigningProfileCommand({ profileName })).catch(() => undefined);
  const made =
    known ??
    (await signer.send(new PutSigningProfileCommand({ profileName, platformId: 'AWSLambda-SHA384-ECDSA' })));
  return made.profileVersionArn;
}

/** A stack of prod with one function, which runs what its environment's profile has signed. */
function template() {
  const profile = environmentOf('prod').signingProfileArn;
  return {
    Resources: {
      Signed: {
        Type: 'AWS::Lambda::CodeSigningConfig',
        Properties: {
          AllowedPublishers: { SigningProfileVersionArns: [profile] },
          CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
        },
      },
      Api: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: `${name}-signed`,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: `arn:aws:iam::${environmentOf('prod').account}:role/any`,
          Code: `../../assets/${asset}`,
          CodeSigningConfigArn: { Ref: 'Signed' },
        },
      },
    },
  };
}

const assetFile = join(folder, 'assets', asset);

/** The zip of a function that answers this. */
const zipThatAnswers = (answer: string) =>
  zipSync(
    { 'index.mjs': new TextEncoder().encode(`export const handler = async () => '${answer}';`) },
    { mtime: new Date('1980-01-01T12:00:00') },
  );

/** That stack in a release, with a function that answers this. */
function released(answer: string, description = answer) {
  for (const path of ['assets', 'templates/prod']) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(assetFile, zipThatAnswers(answer));
  writeFileSync(
    join(folder, 'templates/prod', `${name}.template.json`),
    JSON.stringify({ ...template(), Description: description }),
  );
  writeManifest(folder, { commit: 'c'.repeat(40), accounts: {} });
  return releasedStack(folder, environmentOf('prod'), id);
}

/** Prod, with the rights of who writes below this prefix: who deploys, or who only plans. */
async function prod(prefix: ArtifactPrefix = 'deploy') {
  const environment = environmentOf('prod');
  const target = { environment, local: cloudPlace() };
  const account = accountOf(target);
  const sam = { ...(await samSettingOf(target, account.s3, console.log)), prefix };
  return { account, sam, environment };
}

const answered = async () => {
  const { Payload } = await new LambdaClient({}).send(new InvokeCommand({ FunctionName: `${name}-signed` }));
  return JSON.parse(new TextDecoder().decode(Payload));
};

/** What lies in prod's bucket. */
async function keysOf({ account, sam }: Awaited<ReturnType<typeof prod>>, Prefix: string) {
  const { Contents = [] } = await account.s3.send(new ListObjectsV2Command({ Bucket: sam.bucket, Prefix }));
  return Contents.map(({ Key }) => Key);
}

const sealedPlan = ({ stacks }: Awaited<ReturnType<typeof planStacks>>) =>
  sealed({ version: 1, environment: 'prod', release: 'r', stacks, unchanged: [] });

describe('prod', () => {
  it('is deployed from signed packages', async () => {
    const deployment = await prod();
    const stack = released('signed');

    const { stacks } = await planStacks(deployment, [stack]);
    await deployStack(deployment, stack, stacks[0]);

    expect(await answered()).toBe('signed');
  });

  it('is planned by who can neither sign nor write what is deployed, exactly as it is deployed then', async () => {
    const planner = await prod('plan');
    const deployment = await prod();
    const stack = released('planned');
    const before = await keysOf(deployment, 'deploy/');

    const seen = sealedPlan(await planStacks(planner, [stack]));

    expect(await keysOf(deployment, 'deploy/')).toEqual(before);
    const planned = await planStacks(deployment, [stack]);
    expect(sealedPlan(planned).digest).toBe(seen.digest);
    await deployStack(deployment, stack, planned.stacks[0]);
    expect(await answered()).toBe('planned');

    const again = released('planned', 'Another description of the plan');
    expect((await planStacks(planner, [again])).stacks.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('runs what the manifest names, whatever lies where SAM would have put it', async () => {
    const deployment = await prod();
    const stack = released('genuine');
    const md5 = createHash('md5').update(readFileSync(assetFile)).digest('hex');
    for (const Key of [`plan/${id}/${md5}`, `deploy/${id}/${md5}`])
      await deployment.account.s3.send(
        new PutObjectCommand({ Bucket: deployment.sam.bucket, Key, Body: zipThatAnswers('planted') }),
      );

    const { stacks } = await planStacks(deployment, [stack]);
    await deployStack(deployment, stack, stacks[0]);

    expect(await answered()).toBe('genuine');
  });

  it('signs no zip that is not what the manifest says', async () => {
    const stack = released('manifest');
    writeFileSync(assetFile, zipThatAnswers('changed'));

    await expect(planStacks(await prod(), [stack])).rejects.toThrow('is not what the manifest');
  });

  it('gets no new code of a release with the same functions', async () => {
    const deployment = await prod();
    const stack = released('genuine', 'Another description');

    const { stacks } = await planStacks(deployment, [stack]);

    expect(stacks.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('refuses a package that nobody has signed, and stays as it was', async () => {
    const { signing: _, ...unsigned } = (await prod()).sam;
    const deployment = { ...(await prod()), sam: unsigned };
    const stack = released('unsigned');
    const { stacks } = await planStacks(deployment, [stack]);

    await expect(deployStack(deployment, stack, stacks[0])).rejects.toThrow();

    const { StackEvents = [] } = await deployment.account.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: name }),
    );
    expect(StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason).join()).toContain(
      'CodeVerificationFailedException',
    );
    expect(await answered()).toBe('genuine');
  });
});
