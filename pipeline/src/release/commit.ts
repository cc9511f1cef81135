import { run } from '@shipline/tooling/process';
import { GateShut } from '../gates/gate.js';

/** The commit that is released: `SHIPLINE_COMMIT` where an older release is meant, otherwise HEAD. */
export async function commitOf(root: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env['SHIPLINE_COMMIT'];
  if (named !== undefined && named !== '') {
    if (/^[0-9a-f]{40}$/.test(named)) return named;
    throw new GateShut(`SHIPLINE_COMMIT must be a whole commit id of 40 hex digits, not '${named}'.`);
  }
  const { code, output } = await run('git', ['rev-parse', 'HEAD'], { cwd: root });
  if (code === 0) return output.trim();
  throw new GateShut(
    'This folder is no git repository, and a release is named by its commit: set SHIPLINE_COMMIT to it.',
  );
}

/** @throws {GateShut} where files differ from the commit: nobody could build this release again. */
export async function refuseUncommitted(root: string): Promise<void> {
  const { code, output } = await run('git', ['status', '--porcelain'], { cwd: root });
  const changed = output.trim().split('\n').filter(Boolean);
  if (code !== 0) throw new GateShut(`Git does not say whether files differ from the commit: ${output}`);
  if (changed.length === 0) return;
  throw new GateShut(
    `${changed.length} files differ from the commit (${changed[0]?.slice(3)}, …), so that nobody could build this release again: commit or stash them.`,
  );
}
