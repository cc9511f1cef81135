import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, workDirectory } from '@shipline/tooling/paths';
import { mustRun, toolEnvironment } from '@shipline/tooling/process';
import { copyClonedFiles } from './cloned-files.js';

export interface CopiedRepository {
  readonly folder: string;
  /** What a reader's terminal has, and the port of the test cloud. */
  readonly env: Record<string, string | undefined>;
  remove(): void;
}

/**
 * The repository as somebody has cloned and installed it, in a folder of its own, since files are changed there. Its
 * packages are not the original's by a link: a bundle depends on where they lie. What was built and Python's packages are
 * those of the original.
 * @param stateDir of a cloud on which the shop is deployed; without it the copy starts one of its own.
 */
export async function copyRepository(stateDir?: string): Promise<CopiedRepository> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipline-copy-')));
  const copy = join(folder, 'shipline');
  copyClonedFiles(root, copy);
  mkdirSync(join(copy, '.shipline'));
  symlinkSync(join(workDirectory, 'venvs'), join(copy, '.shipline/venvs'));
  if (stateDir) symlinkSync(stateDir, join(copy, '.shipline/cloud'));
  const env = readersEnvironment(pnpmIn(folder));
  await commit(copy, env);
  await mustRun('pnpm install', 'pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: copy,
    env,
  });
  return { folder: copy, env, remove: () => rmSync(folder, { recursive: true }) };
}

/** A folder with the pnpm that runs these tests, whether it is installed on this machine or npx has brought it. */
function pnpmIn(folder: string): string {
  const bin = join(folder, 'bin');
  const pnpm = join(bin, 'pnpm');
  const running = process.env['npm_execpath'];
  const program = running?.includes('pnpm') ? running : undefined;
  const start = program && (/\.[cm]?js$/.test(program) ? `node '${program}'` : `'${program}'`);
  mkdirSync(bin);
  writeFileSync(pnpm, `#!/bin/sh\nexec ${start ?? 'npx -y pnpm@12.21.0'} "$@"\n`);
  chmodSync(pnpm, 0o755);
  return bin;
}

/** A reader has none of the test run's settings, and no reader is a test runner. */
function readersEnvironment(bin: string): Record<string, string | undefined> {
  const given = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:AWS_|SHIPLINE_(?!CLOUD_PORT$)|VITEST|NODE_ENV$|FORCE_COLOR$|TEST$|DEV$|PROD$|MODE$)/.test(name),
  );
  return {
    ...Object.fromEntries(given),
    PATH: [bin, toolEnvironment()['PATH']].join(delimiter),
    NO_COLOR: '1',
    // What is built in the original need not be built again.
    TURBO_CACHE_DIR: join(root, '.turbo/cache'),
  };
}

async function commit(cwd: string, env: Record<string, string | undefined>): Promise<void> {
  const git = (...args: string[]) => mustRun(`git ${args[0]}`, 'git', args, { cwd, env });
  await git('init', '--quiet');
  await git('add', '--all');
  const author = ['-c', 'user.name=Reader', '-c', 'user.email=reader@shipline.example'];
  await git(...author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'As it was cloned');
}
