import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '@shipline/local-cloud';
import { root, workDirectory } from '../paths.js';
import { run } from '../process.js';
import { atLeastOneFailure, type Check } from './check.js';
import { junitTally } from './reports.js';

/** The probes of the local cloud's extension: one per patch. They wait for alarms, deployments and restarts. */
export const localCloudExtension: Check = {
  name: 'extension',
  title: "The local cloud's extension",
  beside: true,
  async run({ env, all, show }) {
    const folder = join(root, 'packages/local-cloud');
    const venv = await ensureVenv({
      name: 'local-cloud',
      title: "the local cloud's Python packages",
      requirementsFile: join(folder, 'requirements.lock'),
      log: show,
    });
    const report = join(workDirectory, 'reports/extension.xml');
    mkdirSync(join(workDirectory, 'reports'), { recursive: true });
    rmSync(report, { force: true });
    // An empty expression takes in the slow ones, which the extension's pyproject.toml leaves out.
    const selection = all ? ['-m', ''] : [];
    const { code, output } = await run(
      venv.python,
      // Three on two cores, because they wait; the tests of one file share what they have made.
      ['-m', 'pytest', '-q', '-n', '3', '--dist', 'loadfile', ...selection, `--junitxml=${report}`],
      { cwd: join(folder, 'extension'), env },
    );
    if (code !== 0) show(output);
    return atLeastOneFailure(junitTally(report), code);
  },
};
