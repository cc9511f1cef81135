import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copyClonedFiles } from '../support/cloned-files.js';

it('copies what is committed or new, and nothing that is ignored or was deleted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-cloned-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const from = join(folder, 'from');
  mkdirSync(join(from, 'src/dist'), { recursive: true });
  const write = (file: string, text = '') => writeFileSync(join(from, file), text);
  write('.gitignore', 'dist/\n.secrets\n');
  for (const file of ['kept.ts', 'deleted.ts', '.secrets', 'src/ümlaut.ts', 'src/dist/built.js']) write(file);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: from });
  git('init', '--quiet');
  git('add', '--all');
  rmSync(join(from, 'deleted.ts'));
  write('src/new.ts');

  copyClonedFiles(from, join(folder, 'to'));

  expect(readdirSync(join(folder, 'to'), { recursive: true }).toSorted()).toEqual(
    ['.gitignore', 'kept.ts', 'src', 'src/new.ts', 'src/ümlaut.ts'].toSorted(),
  );
});
