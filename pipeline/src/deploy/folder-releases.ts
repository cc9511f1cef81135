import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReleaseNotKept, type ReleaseStore } from './release-store.js';

/** Releases in a folder of this machine. */
export function folderReleases(root: string): ReleaseStore {
  const list = async () =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => !name.endsWith(unfinished))
          .sort()
      : [];
  return {
    list,
    async keep(release, folder) {
      const kept = join(root, release);
      if (!existsSync(kept)) copyWhole(folder, kept);
    },
    async fetch(release, folder) {
      const kept = join(root, release);
      if (!existsSync(kept)) throw new ReleaseNotKept(release, await list());
      copyWhole(kept, folder);
    },
  };
}

const unfinished = '.unfinished';

/** A copy that is cut short is none. */
function copyWhole(from: string, to: string): void {
  const copy = `${to}${unfinished}`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, copy, { recursive: true });
  renameSync(copy, to);
}
