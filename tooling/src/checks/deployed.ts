import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, workDirectory } from '../paths.js';
import { run, tool } from '../process.js';
import { atLeastOneFailure, type Check } from './check.js';
import { vitestTally } from './reports.js';

/** A folder of tests/ that runs against the deployed test cloud. */
const suite = (...of: Parameters<typeof tests>): Check => ({ ...tests(...of), needsCloud: true });

/** A folder of tests/; some of its files where any are named. */
const tests = (name: string, title: string, config: string, files: readonly string[] = []): Check => ({
  name,
  title,
  async run({ env, show }) {
    const reports = join(workDirectory, 'reports');
    mkdirSync(reports, { recursive: true });
    const report = join(reports, `${name}.json`);
    rmSync(report, { force: true });
    const args = [
      'run',
      ...files,
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    const { code, output } = await run(tool('vitest'), args, { cwd: join(root, 'tests'), env });
    if (code !== 0) show(output);
    return atLeastOneFailure(vitestTally(report), code);
  },
});

export const adapters = suite(
  'adapters',
  'Contract suites of the adapters, on the local cloud',
  'adapters/vitest.config.ts',
);
export const smoke = suite('smoke', 'Smoke tests', 'smoke/vitest.config.ts');
/** The shop, on whatever environment. */
export const integration = suite('integration', 'Integration tests', 'integration/vitest.config.ts');
/** The tools, and what only the local cloud shows. */
export const local = suite('local', 'Tools and local cloud', 'local/vitest.config.ts');
/** Needs the cloud but nothing that is deployed there: it works in an account of its own. */
export const releases: Check = {
  ...suite('releases', 'Releases: change sets, state, stores', 'releases/vitest.config.ts'),
  slow: true,
};
/** Needs the cloud but nothing that is deployed there, like `releases`. */
export const samPipeline: Check = {
  ...suite('sam-pipeline', '`sam pipeline`: init, bootstrap', 'sam-pipeline/vitest.config.ts'),
  slow: true,
};
/** Whole releases across accounts of a local cloud of their own. */
export const road: Check = {
  ...tests('road', 'The road to prod, and a bad release on it', 'road/vitest.config.ts'),
  slow: true,
};
/** The console, on the test cloud. */
export const consoleJourneys = suite('console', 'Console in a browser', 'console/vitest.config.ts');
export const journeys = suite('journeys', 'Browser journey', 'journeys/vitest.config.ts');
export const firstLesson = suite(
  'first-lesson',
  'The workshop: index and first lesson',
  'workshop/vitest.config.ts',
  [
    'workshop/cloned-files.test.ts',
    'workshop/terminal.test.ts',
    'workshop/rotten-page.test.ts',
    'workshop/first-lesson.test.ts',
  ],
);
export const furtherLessons: Check = {
  ...suite('further-lessons', 'The workshop: further lessons', 'workshop/vitest.config.ts', [
    'workshop/further-lessons.test.ts',
  ]),
  slow: true,
};
