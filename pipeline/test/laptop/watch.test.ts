import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { commitNamed } from '../../src/laptop/checkout.js';
import { releasePushes, tipOf, touches } from '../../src/laptop/watch.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-watch-'));
  folders.push(folder);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder })
      .toString()
      .trim();
  git('init', '--quiet', '--initial-branch=main');
  const commit = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
    git('add', '.');
    git('commit', '--quiet', '-m', file);
    return git('rev-parse', 'HEAD');
  };
  return { folder, commit };
}

describe('the repository that is pushed to', () => {
  it('knows its tip, and none before anybody has pushed', async () => {
    const { folder, commit } = repository();
    expect(await tipOf('main', folder)).toBeUndefined();
    const first = commit('a.ts', '1');

    expect(await tipOf('main', folder)).toBe(first);
    expect(await commitNamed('main', folder)).toMatchObject({ id: first });
    await expect(commitNamed('nowhere', folder)).rejects.toThrow('There is no commit `nowhere`');
  });

  it('tells a change of words from one that is released', async () => {
    const { folder, commit } = repository();
    const first = commit('a.ts', '1');
    const words = commit('README.md', 'words');
    const code = commit('a.ts', '2');

    expect(await touches(first, words, ['**/*.md'], folder)).toBe(false);
    expect(await touches(words, code, ['**/*.md'], folder)).toBe(true);
  });
});

describe('releasePushes', () => {
  it('releases one after another, of several that wait the last, and leaves out what changes nothing', async () => {
    const stop = new AbortController();
    const tips = ['a', 'a', 'b', 'd', 'words'];
    const released: string[] = [];
    const said: string[] = [];

    await releasePushes({
      // While `b` is released, `c` and `d` are pushed: only `d` is seen.
      tip: async () => {
        const tip = tips.shift();
        if (!tip) stop.abort();
        return tip;
      },
      matters: async (_, to) => to !== 'words',
      release: async (commit) => {
        released.push(commit);
      },
      say: (line) => said.push(line),
      stopped: stop.signal,
      every: 0,
    });

    expect(released).toEqual(['b', 'd']);
    expect(said).toEqual(['words changes nothing that is released']);
  });
});
