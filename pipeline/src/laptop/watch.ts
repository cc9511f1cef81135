import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, workDirectory } from '@shipline/tooling/paths';
import { mustRun, run } from '@shipline/tooling/process';

/** The repository that people push to: a bare one, so that a push is all there is to it. */
export const bareRepository = join(workDirectory, 'pipeline/local.git');
export const remoteName = 'local';

/** Makes the bare repository, and a remote of this clone that leads to it, where they are not there yet. */
export async function prepareRemote(): Promise<void> {
  if (!existsSync(bareRepository))
    await mustRun('git init', 'git', ['init', '--quiet', '--bare', '--initial-branch=main', bareRepository]);
  const { code } = await run('git', ['remote', 'get-url', remoteName], { cwd: root });
  const args = code === 0 ? ['set-url', remoteName] : ['add', remoteName];
  await mustRun('git remote', 'git', ['remote', ...args, bareRepository], { cwd: root });
}

/** The commit at a branch's tip, undefined as long as nobody has pushed. */
export async function tipOf(branch: string, repository = bareRepository): Promise<string | undefined> {
  const { code, output } = await run('git', ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`], {
    cwd: repository,
  });
  return code === 0 ? output.trim() : undefined;
}

/** Whether anything but what the source ignores has changed between two commits. */
export async function touches(
  from: string,
  to: string,
  ignores: readonly string[],
  repository = bareRepository,
): Promise<boolean> {
  const excluded = ignores.map((glob) => `:(exclude,glob)${glob}`);
  const { code } = await run('git', ['diff', '--quiet', from, to, '--', '.', ...excluded], {
    cwd: repository,
  });
  return code !== 0;
}

/**
 * Releases one push after another. A push while a release is under way waits its turn; of several that wait, the last
 * one goes, because it contains the others.
 */
export async function releasePushes(input: {
  readonly tip: () => Promise<string | undefined>;
  readonly matters: (from: string, to: string) => Promise<boolean>;
  readonly release: (commit: string) => Promise<void>;
  readonly say: (line: string) => void;
  readonly stopped: AbortSignal;
  /** Milliseconds between two looks. */
  readonly every?: number;
}): Promise<void> {
  let seen = await input.tip();
  while (!input.stopped.aborted) {
    const tip = await input.tip();
    if (tip && tip !== seen) {
      const before = seen;
      seen = tip;
      if (before && !(await input.matters(before, tip)))
        input.say(`${tip.slice(0, 7)} changes nothing that is released`);
      else await input.release(tip);
      continue;
    }
    await sleep(input.every ?? 1_000, undefined, { signal: input.stopped }).catch(() => {});
  }
}
