import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { artifactBucketName } from '@shipline/infra';
import { readAssembly } from '@shipline/tooling/deploy/assembly';
import { cdkDeploy } from '@shipline/tooling/deploy/cdk';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { standingOf } from '@shipline/tooling/deploy/standing';
import { silentProgress } from '@shipline/tooling/progress';
import { App, CfnResource, CliCredentialsStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputs } from '../support/environment.js';

const cloudFormation = new CloudFormationClient({});
const { account, region } = outputs;
const fileAssetsBucketName = artifactBucketName(outputs);
const clients = { cloudFormation, parameterStore: new SSMClient({}) };
const folder = mkdtempSync(join(tmpdir(), 'failed-release-'));
const log = join(folder, 'cdk.log');
const prefix = `failed-release-${randomUUID().slice(0, 8)}`;
const named = (name: string) => `${prefix}-${name}`;

/** An app of which one stack cannot be created: two depend on it, one does not. */
function synthesize(assembly: string, brokenValue: string): void {
  const app = new App({ outdir: assembly });
  const stack = (name: string, Value: string, ...dependencies: Stack[]) => {
    const synthesizer = new CliCredentialsStackSynthesizer({ fileAssetsBucketName }) as IStackSynthesizer;
    const made = new Stack(app, named(name), { synthesizer, env: { account, region } });
    for (const dependency of dependencies) made.addStackDependency(dependency);
    new CfnResource(made, 'Parameter', {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value },
    });
    return made;
  };
  const first = stack('first', 'any');
  const broken = stack('broken', brokenValue, first);
  stack('beside', 'any', first);
  stack('last', 'any', stack('after', 'any', broken));
  app.synth();
}

describe('a release of which one stack fails', () => {
  const assembly = join(folder, 'failing');
  const names = ['first', 'broken', 'beside', 'after', 'last'].map(named);
  let since: Date;
  let failure: unknown;

  beforeAll(async () => {
    synthesize(assembly, '{{resolve:ssm:/shipline/nowhere}}');
    since = new Date(Date.now() - 1_000);
    failure = await cdkDeploy(assembly, names, silentProgress, { log }).catch((error: unknown) => error);
  });
  afterAll(async () => {
    for (const StackName of names.toReversed()) {
      await cloudFormation.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete(
        { client: cloudFormation, maxWaitTime: 60, minDelay: 1 },
        { StackName },
      );
    }
    rmSync(folder, { recursive: true });
  });

  it('says what failed, without the rest of what the CDK says, and where that is', () => {
    expect(failure).toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^cdk deploy failed \(exit code 1\):\n❌ .*-broken failed to deploy/),
    });
    expect(String(failure)).toContain('/shipline/nowhere not found');
    expect(String(failure)).toContain('cdk.log');
    expect(String(failure)).not.toContain('CREATE_IN_PROGRESS');
    expect(readFileSync(log, 'utf8')).toContain('CREATE_IN_PROGRESS');
  });

  it('begins no stack that waited for it, names the failed one and leaves the others live', async () => {
    expect(await standingOf(clients, readAssembly(assembly), since)).toEqual({
      asBuilt: [named('beside'), named('first')],
      outdated: [],
      takenBack: [],
      broken: [named('broken')],
      underWay: [],
      notBegun: [named('after'), named('last')],
    });
    expect(await describeStack(cloudFormation, named('after'))).toBeUndefined();
  });

  it('is mended by the next one, which deploys the rest', async () => {
    const mended = join(folder, 'mended');
    synthesize(mended, 'any');

    await cdkDeploy(mended, names, silentProgress);

    const { asBuilt } = await standingOf(clients, readAssembly(mended), since);
    expect(asBuilt).toHaveLength(names.length);
  });
});
