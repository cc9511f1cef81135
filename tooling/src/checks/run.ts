import { join } from 'node:path';
import { workDirectory } from '../paths.js';
import { toolEnvironment } from '../process.js';
import type { Progress } from '../progress.js';
import { startTestCloud, type TestCloud } from '../test-cloud.js';
import { add, type Check, type CheckContext, nothing, type Tally } from './check.js';
import { checkov } from './checkov.js';

import {
  adapters,
  consoleJourneys,
  firstLesson,
  furtherLessons,
  integration,
  journeys,
  local,
  releases,
  road,
  samPipeline,
  smoke,
} from './deployed.js';

import { drills } from './drills.js';
import { localCloudExtension } from './python.js';
import { reproducible } from './reproducible.js';
import { staticAnalysis } from './security.js';
import { layers, lint, rendered, types, unit } from './static.js';
import { templates } from './templates.js';

/**
 * In the order in which they are told: the quick ones first, then what ran beside them, and what needs the deployed
 * shop last.
 */
export const allChecks: readonly Check[] = [
  lint,
  layers,
  rendered,
  types,
  unit,
  templates,
  staticAnalysis,
  checkov,
  reproducible,
  road,
  localCloudExtension,
  adapters,
  smoke,
  // Before the tests that deploy by other tools: a drill starts from what the sources say, and so does a lesson.
  drills,
  firstLesson,
  furtherLessons,
  integration,
  local,
  journeys,
  consoleJourneys,
  releases,
  samPipeline,
];

export interface RunOptions extends Pick<CheckContext, 'all'> {
  readonly progress: Progress;
  /** Where a check that fails shows why. */
  readonly show?: CheckContext['show'];
  readonly startCloud?: (progress: Progress) => Promise<Pick<TestCloud, 'env' | 'stop'>>;
}

/** Runs every check, also after one has failed; a check that breaks counts as one failure. */
export async function runChecks(
  checks: readonly Check[],
  { all, progress, show = console.log, startCloud = startTestCloud }: RunOptions,
): Promise<Tally> {
  process.env['SHIPLINE_ASSEMBLIES'] = join(workDirectory, 'test-assemblies');
  const context: CheckContext = { all, env: toolEnvironment(), show };
  const deployed = checks.filter(({ needsCloud }) => needsCloud);
  const others = checks.filter(({ needsCloud }) => !needsCloud);
  const total = await runInTurn(others, context, progress);
  if (deployed.length === 0) return total;
  return add(total, await runDeployed(deployed, context, progress, startCloud));
}

async function runDeployed(
  checks: readonly Check[],
  context: CheckContext,
  progress: Progress,
  startCloud: NonNullable<RunOptions['startCloud']>,
): Promise<Tally> {
  let cloud: Pick<TestCloud, 'env' | 'stop'>;
  try {
    cloud = await startCloud(progress);
  } catch (error) {
    context.show(textOf(error));
    // What could not be tried has failed.
    return { passed: 0, failed: checks.length };
  }
  const end = () => void cloud.stop().finally(() => process.exit(130));
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    return await runInTurn(checks, { ...context, env: cloud.env }, progress);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    await cloud.stop();
  }
}

async function runInTurn(
  checks: readonly Check[],
  context: CheckContext,
  progress: Progress,
): Promise<Tally> {
  let total = nothing;
  const underWay = checks.map((check) => (check.beside ? begin(check, context) : check));
  for (const check of underWay) total = add(total, await runCheck(check, context, progress));
  return total;
}

/** The rest of a check that is under way: what it shows is kept until its turn. */
function begin(check: Check, context: CheckContext): Check {
  const lines: string[] = [];
  const outcome = outcomeOf(check, { ...context, show: (line) => lines.push(line) });
  return {
    ...check,
    title: `${check.title}, begun with the first check`,
    async run({ show }) {
      const tally = await outcome;
      for (const line of lines) show(line);
      return tally;
    },
  };
}

const runCheck = (check: Check, context: CheckContext, progress: Progress): Promise<Tally> =>
  progress.step(check.title, async () => {
    const tally = await outcomeOf(check, context);
    progress.note(`${tally.passed} passed, ${tally.failed} failed`);
    return tally;
  });

/** A check that breaks has failed once. */
const outcomeOf = (check: Check, context: CheckContext): Promise<Tally> =>
  check.run(context).catch((error: unknown) => {
    context.show(textOf(error));
    return { passed: 0, failed: 1 };
  });

const textOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
