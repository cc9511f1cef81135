import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@shipline/tooling/cli';
import { root, workDirectory } from '@shipline/tooling/paths';
import { mustRun, run } from '@shipline/tooling/process';
import type { Commit } from './journey.js';

/** Where the pipeline builds: what is not committed is not released, and what is being edited is not disturbed. */
export const checkoutFolder = join(workDirectory, 'pipeline/checkout');

/**
 * The commit that a revision names.
 * @throws {UserError} when there is none.
 */
export async function commitNamed(revision: string, repository = root): Promise<Commit> {
  const { code, output } = await run('git', ['log', '-1', '--format=%H %cI', revision, '--'], {
    cwd: repository,
  });
  const [id, committedAt] = output.trim().split(' ');
  if (code !== 0 || !id || !committedAt)
    throw new UserError(`There is no commit \`${revision}\` in ${repository}.`);
  return { id, committedAt };
}

/** Brings the checkout to a commit and installs what its lockfile names. What it has built before stays cached. */
export async function checkOut({ id }: Commit, repository = root): Promise<string> {
  if (!existsSync(join(checkoutFolder, '.git'))) {
    mkdirSync(checkoutFolder, { recursive: true });
    await mustRun('git init', 'git', ['init', '--quiet', checkoutFolder]);
  }
  const git = (...args: string[]) =>
    mustRun(`git ${args[0]}`, 'git', ['-c', 'advice.detachedHead=false', ...args], { cwd: checkoutFolder });
  await git('fetch', '--quiet', '--force', repository, id);
  await git('checkout', '--quiet', '--force', '--detach', id);
  await git('clean', '--quiet', '--force', '-d');
  await mustRun('pnpm install', 'pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: checkoutFolder,
  });
  return checkoutFolder;
}
