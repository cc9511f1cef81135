import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactBucketName, type StackId, stackName } from '@shipline/infra';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
import { accountOf } from '@shipline/pipeline/deploy/account';
import { releasedStack } from '@shipline/pipeline/deploy/released-stacks';
import { executionRole } from '@shipline/pipeline/deploy/sam-setting';
import { ensureArtifactBucket } from '@shipline/tooling/deploy/artifact-bucket';
import { environmentOf } from '@shipline/tooling/deploy/target';
import { samVenv } from '@shipline/tooling/sam';

/** A template as the tests change it. */
export interface Template {
  Parameters?: Record<string, unknown>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/** Account `staging` of the test cloud, where state is protected, with a folder for releases of single stacks. */
export async function stagingAccount() {
  process.env['SHIPLINE_ACCOUNTS'] = 'local';
  const environment = environmentOf('staging');
  const local = cloudPlace();
  adoptLocalAws({ port: local.port, account: environment.account });
  const account = accountOf({ environment, local });
  const bucket = artifactBucketName(environment);
  await ensureArtifactBucket(account.s3, bucket, environment);
  const role = executionRole(environment);
  const venv = await samVenv(console.log);
  const sam = {
    venv,
    environment: environment.name,
    bucket,
    prefix: 'deploy' as const,
    ...(role && { executionRole: role }),
  };
  const folder = mkdtempSync(join(tmpdir(), 'shipline-releases-'));
  mkdirSync(join(folder, 'templates/staging'), { recursive: true });
  return {
    environment,
    account,
    bucket,
    deployment: { account, sam, environment },
    folder,
    /** The stack of a release with this template. */
    released(id: StackId, template: Template) {
      const file = join(folder, 'templates/staging', `${stackName('staging', id)}.template.json`);
      writeFileSync(file, JSON.stringify(template));
      return releasedStack(folder, environment, id);
    },
    removeFolder: () => rmSync(folder, { recursive: true, force: true }),
  };
}
