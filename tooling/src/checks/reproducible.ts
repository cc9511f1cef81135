import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.js';
import { mustRun, toolEnvironment } from '../process.js';
import type { Check } from './check.js';

/** The commit at HEAD, built and packaged from scratch in two folders: the manifests, and so every byte, are equal. */
export const reproducible: Check = {
  name: 'reproducible',
  title: 'A second build gives the same bytes',
  slow: true,
  async run({ show }) {
    const folder = mkdtempSync(join(tmpdir(), 'shipline-twice-'));
    try {
      // Somebody may commit meanwhile.
      const commit = (await mustRun('git rev-parse', 'git', ['rev-parse', 'HEAD'])).trim();
      const one = await manifestOf(join(folder, 'one'), commit);
      const two = await manifestOf(join(folder, 'a/second'), commit);
      if (one === two) return { passed: 1, failed: 0 };
      show(`The manifests differ:\n${differingLines(one, two).join('\n')}`);
      return { passed: 0, failed: 1 };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A clone of its own, without a cache of turbo's, so that everything is really built. */
async function manifestOf(clone: string, commit: string): Promise<string> {
  const env = toolEnvironment({
    SHIPLINE_ACCOUNTS: 'local',
    SHIPLINE_ASSEMBLIES: undefined,
    SHIPLINE_COMMIT: undefined,
    TURBO_FORCE: 'true',
  });
  await mustRun('git clone', 'git', ['clone', '--quiet', root, clone]);
  await mustRun('git checkout', 'git', ['checkout', '--quiet', '--detach', commit], { cwd: clone });
  await mustRun('pnpm install', 'pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: clone,
    env,
  });
  const gates = ['package', 'bill-of-materials'];
  await mustRun('pnpm gate', 'pnpm', ['gate', ...gates], { cwd: clone, env });
  return readFileSync(join(clone, '.shipline/release/manifest.json'), 'utf8');
}

function differingLines(one: string, two: string): string[] {
  const known = new Set(one.split('\n'));
  return two.split('\n').filter((line) => !known.has(line));
}
