import { join } from 'node:path';
import { workDirectory } from '../paths.js';
import { toolEnvironment } from '../process.js';
import type { Progress } from '../progress.js';
import { startTestCloud, type TestCloud } from '../test-cloud.js';
import { add, type Check, type CheckContext, nothing, type Tally } from './check.js';
import { adapters, integration, journeys, smoke } from './deployed.js';
import { localCloudExtension } from './python.js';
import { layers, lint, types, unit } from './static.js';
import { templates } from './templates.js';

/** In the order in which they run: the quick ones first, what needs the deployed shop last. */
export const allChecks: readonly Check[] = [
  lint,
  layers,
  types,
  unit,
  localCloudExtension,
  templates,
  adapters,
  smoke,
  integration,
  journeys,
];

/** Runs every check, also after one has failed; a check that breaks counts as one failure. */
export async function runChecks(
  checks: readonly Check[],
  options: Pick<CheckContext, 'all'>,
  progress: Progress,
): Promise<Tally> {
  process.env['SHIPLINE_ASSEMBLIES'] = join(workDirectory, 'test-assemblies');
  const context: CheckContext = { ...options, env: toolEnvironment(), show: console.log };
  let total = nothing;
  for (const check of checks.filter(({ needsCloud }) => !needsCloud)) {
    total = add(total, await runCheck(check, context, progress));
  }
  const deployed = checks.filter(({ needsCloud }) => needsCloud);
  return deployed.length === 0 ? total : add(total, await runDeployed(deployed, context, progress));
}

async function runDeployed(
  checks: readonly Check[],
  context: CheckContext,
  progress: Progress,
): Promise<Tally> {
  let cloud: TestCloud;
  try {
    cloud = await startTestCloud(progress);
  } catch (error) {
    console.log(error instanceof Error ? (error.stack ?? error.message) : error);
    // What could not be tried has failed.
    return { passed: 0, failed: checks.length };
  }
  const end = () => void cloud.stop().finally(() => process.exit(130));
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    let total = nothing;
    for (const check of checks)
      total = add(total, await runCheck(check, { ...context, env: cloud.env }, progress));
    return total;
  } finally {
    await cloud.stop();
  }
}

async function runCheck(check: Check, context: CheckContext, progress: Progress): Promise<Tally> {
  return progress.step(check.title, async () => {
    const tally = await check.run(context).catch((error: unknown) => {
      context.show(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { passed: 0, failed: 1 };
    });
    progress.note(`${tally.passed} passed, ${tally.failed} failed`);
    return tally;
  });
}
