import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UserError } from '@shipline/tooling/cli';
import { refuseUnsigned } from '@shipline/tooling/deploy/signed-only';
import { deployedTargetOf, environmentNamed } from '@shipline/tooling/deploy/target';
import { workDirectory } from '@shipline/tooling/paths';
import { consoleProgress } from '@shipline/tooling/progress';
import { drills } from '../src/drills/catalogue.js';
import { type DrillName, drillNames } from '../src/drills/drill.js';
import { interruption } from '../src/drills/interruption.js';
import { rehearse } from '../src/drills/rehearse.js';
import { prepare } from '../src/drills/run/setting.js';

await runCommand({
  name: 'pnpm drill',
  summary: 'releases something whose end is known beforehand, and judges what came of it',
  help: `
Usage: pnpm drill <name>… | all [--env local|dev]

${drillNames.map((name) => `${name.padEnd(16)}${drills[name].summary}`).join('\n')}

People look at the shop meanwhile (and order, where orders matter). A drill ends with a table, its verdict, and a chart
beside all numbers in .shipline/drills/. What was there is brought back, also after Ctrl-C. docs/drills.md tells more.

Options:
  --env           local (default) or dev
  --allow-harm    needed for staging: the drills harm those who use it. Prod refuses them: it runs signed code only
  --help          this text

Exit code: 0 when every drill passed. The control passes when its release is found to have harmed people unhindered.`,
  options: {
    env: { type: 'string', default: 'local' },
    'allow-harm': { type: 'boolean', default: false },
  },
  takesWords: true,
  async run({ env, 'allow-harm': allowed }, words) {
    const names = drillsNamed(words);
    const environment = environmentNamed(env);
    refuseUnsigned(environment);
    if (environment === 'staging' && allowed !== true)
      throw new UserError(
        `A drill harms those who use ${environment}: add \`--allow-harm\` when you mean it, or use \`--env local\`.`,
      );
    const progress = consoleProgress();
    const target = await deployedTargetOf(environment, progress.note);
    const results = join(workDirectory, 'drills');
    mkdirSync(results, { recursive: true });
    const workFolder = mkdtempSync(join(results, '.work-'));
    const interrupted = interruption(progress.note);
    // Whoever waits for it handles it; nobody waits between two drills.
    interrupted.catch(() => {});
    try {
      const setting = await prepare(target, workFolder, progress);
      const verdicts: boolean[] = [];
      for (const name of names)
        verdicts.push(await rehearse(drills[name], { setting, results, progress, interrupted }));
      console.log(`\n${verdicts.filter(Boolean).length} of ${names.length} drills passed`);
      return verdicts.every(Boolean) ? 0 : 1;
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  },
});

function drillsNamed(words: readonly string[]): readonly DrillName[] {
  if (words.length === 1 && words[0] === 'all') return drillNames;
  const named = words.map((word) => {
    const name = drillNames.find((known) => known === word);
    if (name) return name;
    throw new UserError(`There is no drill \`${word}\`: choose of ${drillNames.join(', ')}, or all.`);
  });
  if (named.length > 0) return named;
  throw new UserError(
    `Name a drill: ${drillNames.join(', ')}, or all. \`pnpm drill --help\` tells what each does.`,
  );
}
