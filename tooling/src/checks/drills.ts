import { join } from 'node:path';
import { root } from '../paths.js';
import { run, tool } from '../process.js';
import { atLeastOneFailure, type Check } from './check.js';

/** The drills that every pull request runs: the rest are in `pnpm test:all`. */
const quick = ['wrong-answer', 'good-release'] as const;

/** Releases on the test cloud of which the end is known. */
export const drills: Check = {
  name: 'drills',
  title: 'Drills',
  needsCloud: true,
  async run({ env, all, show }) {
    const names = all ? ['all'] : quick;
    const { code, output } = await run(tool('tsx'), [join(root, 'pipeline/commands/drill.ts'), ...names], {
      env,
    });
    if (code !== 0) show(output);
    return atLeastOneFailure(tallyOf(output), code);
  },
};

/** The command's last line says how many drills passed; one that was never run has not passed. */
function tallyOf(output: string) {
  const [, passed = 0, total = 1] = /^(\d+) of (\d+) drills? passed$/m.exec(output) ?? [];
  return { passed: Number(passed), failed: Number(total) - Number(passed) };
}
