import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSigningProfileCommand, PutSigningProfileCommand, SignerClient } from '@aws-sdk/client-signer';
import { stackName } from '@shipline/infra';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
import { accountOf } from '@shipline/pipeline/deploy/account';
import { planStacks } from '@shipline/pipeline/deploy/planning';
import { releasedStack } from '@shipline/pipeline/deploy/released-stacks';
import { samSettingOf } from '@shipline/pipeline/deploy/sam-setting';
import { deployStack } from '@shipline/pipeline/deploy/stack-deployment';
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

/** That stack in a release, with a function that answers this. */
function released(answer: string, description = answer) {
  const source = `export const handler = async () => '${answer}';`;
  for (const path of ['assets', 'templates/prod']) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(
    join(folder, 'assets', asset),
    zipSync({ 'index.mjs': new TextEncoder().encode(source) }, { mtime: new Date('1980-01-01T12:00:00') }),
  );
  writeFileSync(
    join(folder, 'templates/prod', `${name}.template.json`),
    JSON.stringify({ ...template(), Description: description }),
  );
  return releasedStack(folder, environmentOf('prod'), id);
}

async function prod() {
  const environment = environmentOf('prod');
  const target = { environment, local: cloudPlace() };
  const account = accountOf(target);
  const sam = await samSettingOf(target, account.s3, console.log);
  return { account, sam, environment };
}

const answered = async () => {
  const { Payload } = await new LambdaClient({}).send(new InvokeCommand({ FunctionName: `${name}-signed` }));
  return JSON.parse(new TextDecoder().decode(Payload));
};

describe('prod', () => {
  it('is deployed from signed packages', async () => {
    const deployment = await prod();
    const stack = released('signed');

    const { stacks } = await planStacks(deployment, [stack]);
    await deployStack(deployment, stack, stacks[0]);

    expect(await answered()).toBe('signed');
  });

  it('gets no new code of a release with the same functions', async () => {
    const deployment = await prod();
    const stack = released('signed', 'Another description');

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
    expect(await answered()).toBe('signed');
  });
});
