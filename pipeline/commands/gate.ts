import { join } from 'node:path';
import { runCommand, UserError } from '@shipline/tooling/cli';
import { environmentNamed } from '@shipline/tooling/deploy/target';
import { workDirectory } from '@shipline/tooling/paths';
import { consoleProgress } from '@shipline/tooling/progress';
import { goesBack } from '../src/delivery/going-back.js';
import { gates } from '../src/gates/catalogue.js';
import { gateNames } from '../src/gates/gate-names.js';
import { gateRun } from '../src/gates/run.js';

await runCommand({
  name: 'pnpm gate',
  summary: 'asks one question of the road to prod, as every engine does',
  help: `
Usage: pnpm gate <name>… [--env <environment>] [--release <folder>] [--reports <folder>]

${gateNames.map((name) => `${name.padEnd(20)}${gates[name].title}`).join('\n')}

Several run in this order; the first that stays shut ends it. On the laptop, SHIPLINE_ACCOUNTS=local makes every
environment an account of the local cloud. docs/delivery.md walks the whole road.

Options:
  --env       dev, staging or prod: for what asks a deployed environment
  --release   the release's folder (default: .shipline/release)
  --reports   where reports are written (default: .shipline/reports)
  --help      this text

Exit code: 0 when every gate opened, 1 when one stayed shut.`,
  options: {
    env: { type: 'string' },
    release: { type: 'string', default: join(workDirectory, 'release') },
    reports: { type: 'string', default: join(workDirectory, 'reports') },
  },
  takesWords: true,
  async run({ env, release, reports }, words) {
    const names = words.map((word) => {
      const name = gateNames.find((known) => known === word);
      if (name) return name;
      throw new UserError(`There is no gate \`${word}\`: \`pnpm gate --help\` lists them.`);
    });
    if (names.length === 0) throw new UserError('Name a gate: `pnpm gate --help` lists them.');
    const environment = env === undefined ? undefined : environmentNamed(env);
    if (environment === 'local')
      throw new UserError(
        'No road leads to `local`: choose dev, staging or prod (on this machine with SHIPLINE_ACCOUNTS=local).',
      );
    const context = {
      environment,
      releaseFolder: String(release),
      reports: String(reports),
      goesBack: goesBack(),
      progress: consoleProgress(),
    };
    for (const name of names) if (!(await gateRun(name, context))) return 1;
    return 0;
  },
});
