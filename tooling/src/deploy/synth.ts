import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentName } from '@shipline/infra';
import { cdkOut, root } from '../paths.js';
import { mustRun, tool, toolEnvironment } from '../process.js';

/** Runs the CDK app for one environment; its cloud assembly lands in `cdk.out/<environment>`. */
export async function synthesize(
  environment: EnvironmentName,
  variables: Record<string, string> = {},
): Promise<void> {
  mkdirSync(cdkOut(environment), { recursive: true });
  await mustRun(
    'cdk synth',
    tool('cdk'),
    ['synth', '--quiet', '-c', `env=${environment}`, '--output', cdkOut(environment)],
    {
      cwd: join(root, 'infra'),
      env: toolEnvironment(variables),
    },
  );
}
