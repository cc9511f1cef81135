import { join } from 'node:path';
import type { EnvironmentName } from '@shipline/infra';
import { cdkOut, root } from '../paths.js';
import { mustRun, tool, toolEnvironment } from '../process.js';

/**
 * Runs the CDK app for one environment; its cloud assembly lands in `cdk.out/<environment>`.
 * @param placeholders Accounts and keys that nobody has: to check the templates of environments that are not ours.
 */
export async function synthesize(
  environment: EnvironmentName,
  { placeholders = false }: { placeholders?: boolean } = {},
): Promise<void> {
  const args = [join(root, 'infra/bin/app.ts'), environment, ...(placeholders ? ['--placeholders'] : [])];
  await mustRun(`Synthesizing ${environment}`, tool('tsx'), args, {
    env: toolEnvironment({ CDK_OUTDIR: cdkOut(environment) }),
  });
}
