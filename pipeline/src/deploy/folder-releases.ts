import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReleaseNotKept, type ReleaseStore } from './release-store.js';

/** Releases in a folder of this machine. */
export function folderReleases(root: string): ReleaseStore {
  const list = async () =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => !name.includes(unfinished))
          .sort()
      : [];
  return {
    list,
    async keep(release, folder) {
      const kept = join(root, release);
      if (existsSync(kept)) return;
      try {
        copyWhole(folder, kept);
      } catch (error) {
        if (!isThere(error)) throw error;
      }
    },
    async fetch(release, folder) {
      const kept = join(root, release);
      if (!existsSync(kept)) throw new ReleaseNotKept(release, await list());
      copyWhole(kept, folder);
    },
  };
}

const unfinished = '.unfinished-';

/** A copy that is cut short is none; each has a folder of its own, for several may be made at once. */
function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const copy = mkdtempSync(`${to}${unfinished}`);
  try {
    cpSync(from, copy, { recursive: true });
    renameSync(copy, to);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Somebody else was quicker, and a release never changes. */
const isThere = (error: unknown) =>
  ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
