import { type BenchResult, bench } from '../bench/bench.js';
import { runCommand, UserError } from '../src/cli.js';
import { synthesize } from '../src/deploy/synth.js';
import { mustRun, tool } from '../src/process.js';
import { consoleProgress, silentProgress } from '../src/progress.js';

await runCommand({
  name: 'pnpm bench',
  summary: 'measures the cold start of every function against two other ways to bundle it',
  help: `
Usage: pnpm bench [--json] [--only <part of a name>] [--rounds <n>]

Ratios of medians from one interleaved run; what they mean is in tooling/bench/README.md.

Options:
  --json    print one JSON object
  --only    only functions whose <service>/<name> contains this
  --rounds  starts of each bundle (default 11)
  --help    this text`,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '11' },
  },
  async run({ json, only, rounds }) {
    const count = Number(rounds);
    if (!Number.isInteger(count) || count < 1 || count > 1000)
      throw new UserError(`--rounds must be a whole number from 1 to 1000, not \`${rounds}\`.`);
    await mustRun('The build', tool('turbo'), ['run', 'build', '--output-logs=errors-only']);
    await synthesize(['local']);
    const progress = json ? silentProgress : consoleProgress();
    const result = await bench(count, typeof only === 'string' ? only : undefined, progress);
    console.log(json ? JSON.stringify(result, null, 2) : table(result));
    return 0;
  },
});

function table({ functions, rounds, node }: BenchResult): string {
  const row = (...cells: (string | number | null)[]) =>
    cells
      .map((cell, index) => (index === 0 ? String(cell).padEnd(38) : String(cell ?? '-').padStart(16)))
      .join('');
  return [
    `\nNode ${node}, ${rounds} starts each`,
    row('function', 'kind', 'KB', 'init/default', 'first/default', 'init/floor'),
    ...functions.map((fn) =>
      row(fn.name, fn.kind, fn.kb, fn.initVsDefault, fn.firstVsDefault, fn.initVsFloor),
    ),
  ].join('\n');
}
