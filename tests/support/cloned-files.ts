import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** Copies what a clone would have if everything were committed: nothing that .gitignore names, and no history. */
export function copyClonedFiles(from: string, to: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: from,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    const source = join(from, file);
    // Git lists what was deleted and not committed, too.
    if (lstatSync(source, { throwIfNoEntry: false }))
      cpSync(source, join(to, file), { verbatimSymlinks: true });
  }
}
