import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';
import { run, tool } from '../process.js';
import { add, atLeastOneFailure, type Check, nothing, type Tally } from './check.js';
import { vitestTally } from './reports.js';
import { whole } from './whole.js';

const program = (name: string, title: string, command: string, args: readonly string[]): Check => ({
  name,
  title,
  run: (context) => whole(tool(command), args, context),
});

export const lint = program('lint', 'Lint and format', 'biome', ['check', '--error-on-warnings', '.']);
export const layers = program('layers', 'Layer rules', 'depcruise', [
  ...['--config', 'tooling/layers.cjs', 'services', 'packages'],
]);
export const rendered = program('rendered', 'Rendered pipelines: as the definition says', 'tsx', [
  ...['pipeline/commands/pipeline.ts', 'render', '--check'],
]);
export const types = program('types', 'Type check', 'turbo', [
  'run',
  'typecheck',
  '--output-logs=errors-only',
]);

/** Every package's own tests; turbo runs only those whose inputs have changed and keeps the reports of the rest. */
export const unit: Check = {
  name: 'unit',
  title: 'Unit, property and infrastructure tests',
  async run({ env, show }) {
    const args = ['run', 'test:unit', '--continue=always', '--concurrency=2', '--output-logs=errors-only'];
    const { code, output } = await run(tool('turbo'), args, { env });
    if (code !== 0) show(output);
    const tally = testedPackages().map(reportOf).reduce(add, nothing);
    return atLeastOneFailure(tally, code);
  },
};

const workspaceFolders = ['packages', 'services'];

function testedPackages(): string[] {
  const nested = workspaceFolders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  return [...nested, join(root, 'infra'), join(root, 'pipeline'), join(root, 'tooling')];
}

const reportOf = (folder: string): Tally => {
  try {
    return vitestTally(join(folder, '.reports/unit.json'));
  } catch {
    // No report: the package's tests did not run at all.
    return { passed: 0, failed: 1 };
  }
};
