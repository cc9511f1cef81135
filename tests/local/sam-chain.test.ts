import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetAliasCommand, LambdaClient, paginateListVersionsByFunction } from '@aws-sdk/client-lambda';
import { cdkDeploy } from '@shipline/tooling/deploy/cdk';
import { synthesize } from '@shipline/tooling/deploy/synth';
import { cdkOut, root } from '@shipline/tooling/paths';
import { silentProgress } from '@shipline/tooling/progress';
import { sam, samVenv } from '@shipline/tooling/sam';
import { beforeAll, describe, expect, it } from 'vitest';
import { guestShop } from '../support/customer.js';
import { outputs } from '../support/environment.js';

const stackName = `shipline-${outputs.environment}-catalog`;
const functionName = outputs.functions['CatalogApiFunction'] ?? '';
const lambda = new LambdaClient({});

/** Published versions, and the one that callers get. */
async function versions(): Promise<{ published: string[]; live: string | undefined }> {
  const published: string[] = [];
  for await (const page of paginateListVersionsByFunction({ client: lambda }, { FunctionName: functionName }))
    published.push(...(page.Versions ?? []).map(({ Version = '' }) => Version));
  const { FunctionVersion } = await lambda.send(
    new GetAliasCommand({ FunctionName: functionName, Name: 'live' }),
  );
  return { published, live: FunctionVersion };
}

async function stack(): Promise<Stack> {
  const { Stacks: [found] = [] } = await new CloudFormationClient({}).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  if (!found) throw new Error(`${stackName} is absent.`);
  return found;
}

/** samconfig.toml names the templates in `cdk.out`; those of a test run are elsewhere. Catalog's are the same in both. */
beforeAll(async () => {
  const { SHIPLINE_ASSEMBLIES: own, SHIPLINE_CLOUD_PORT: port } = process.env;
  delete process.env['SHIPLINE_ASSEMBLIES'];
  delete process.env['SHIPLINE_CLOUD_PORT'];
  await synthesize(['local']);
  Object.assign(process.env, {
    ...(own && { SHIPLINE_ASSEMBLIES: own }),
    ...(port && { SHIPLINE_CLOUD_PORT: port }),
  });
});

const usable = /^(CREATE|UPDATE)_COMPLETE$/;

describe('the release path by SAM', () => {
  it('builds, packages and deploys a stack that CDK has deployed, and CDK after it: no new version', async () => {
    const config = ['--config-env', `${outputs.environment}-catalog`];
    // Beside samconfig.toml, where SAM looks for its settings.
    const packaged = join(root, 'packaged.yaml');
    const before = await versions();
    const venv = await samVenv(console.log);

    await sam(venv, ['validate', ...config]);
    await sam(venv, ['build', ...config]);
    await sam(venv, ['package', ...config, '--output-template-file', packaged]);
    await sam(venv, ['deploy', ...config, '--template-file', packaged]);

    expect((await stack()).StackStatus).toMatch(usable);
    expect(await versions()).toEqual(before);

    await cdkDeploy(cdkOut(outputs.environment), [stackName], silentProgress);

    expect((await stack()).StackStatus).toMatch(usable);
    expect(await versions()).toEqual(before);
    expect((await guestShop.listProducts({ query: { limit: 1 } })).items).toHaveLength(1);
  });

  it('works as the seed of the project writes it, from the root and without a stack to name', async () => {
    const venv = await samVenv(console.log);
    const packaged = join(root, 'packaged.yaml');
    const bucket = `shipline-artifacts-${outputs.account}-${outputs.region}`;

    await sam(venv, ['build']);
    await sam(venv, ['package', '--output-template-file', packaged, '--s3-bucket', bucket]);
    const target = ['--stack-name', stackName, '--region', outputs.region];
    const before = await stack();
    await sam(venv, ['deploy', '--template-file', packaged, ...target, '--capabilities', 'CAPABILITY_IAM']);

    // Only an executed change set moves it; the status was a good one before, too.
    const after = await stack();
    expect(after.LastUpdatedTime?.getTime()).toBeGreaterThan(
      (before.LastUpdatedTime ?? before.CreationTime)?.getTime() ?? Number.POSITIVE_INFINITY,
    );
    expect(after.StackStatus).toBe('UPDATE_COMPLETE');
  });
});
