import { join } from 'node:path';
import type { EnvironmentName } from '@shipline/infra';
import { root } from '../paths.js';
import { mustRun, tool, toolEnvironment } from '../process.js';

/**
 * Runs the CDK app for these environments, in one process: loading the CDK and its validation takes most of the time.
 * Each cloud assembly lands in `cdkOut(environment)`.
 * @param placeholders Accounts and keys that nobody has: to check the templates of environments that are not ours.
 */
export async function synthesize(
  environments: readonly [EnvironmentName, ...EnvironmentName[]],
  { placeholders = false }: { placeholders?: boolean } = {},
): Promise<void> {
  const args = [join(root, 'infra/bin/app.ts'), ...environments, ...(placeholders ? ['--placeholders'] : [])];
  // What the CDK's own CLI told another run is not meant for this one.
  const env = toolEnvironment({ CDK_OUTDIR: undefined });
  await mustRun(`Synthesizing ${environments.join(', ')}`, tool('tsx'), args, { env });
}
