import { allChecks, runChecks } from '../src/checks/run.js';
import { runCommand, UserError } from '../src/cli.js';
import { consoleProgress } from '../src/progress.js';

await runCommand({
  name: 'pnpm test',
  summary: 'runs everything that a pull request runs, on a local cloud of its own',
  help: `
Usage: pnpm test [--only <check>[,<check>]]

Lint, layer rules, type check, unit and property tests, the local cloud's probes, template checks; then it starts an
empty local cloud, deploys the shop to it, runs the integration tests and the browser journey, and stops it again. The
last line is \`N passed, N failed\`. A \`pnpm dev\` beside it is not touched.

Options:
  --only  some of: ${allChecks.map(({ name }) => name).join(', ')}
  --all   also what takes longer (pnpm test:all)
  --help  this text`,
  options: { only: { type: 'string' }, all: { type: 'boolean', default: false } },
  async run({ only, all }) {
    const wanted = typeof only === 'string' ? only.split(',') : undefined;
    const unknown = wanted?.filter((name) => !allChecks.some((check) => check.name === name)) ?? [];
    if (unknown.length > 0)
      throw new UserError(`There is no check \`${unknown.join(', ')}\`; see \`pnpm test --help\`.`);
    const checks = allChecks.filter(({ name, slow }) => wanted?.includes(name) ?? (all === true || !slow));
    const { passed, failed } = await runChecks(checks, { all: all === true, progress: consoleProgress() });
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
});
