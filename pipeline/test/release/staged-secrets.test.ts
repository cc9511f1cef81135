import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stagedSecrets } from '../../src/release/staged-secrets.js';

/** Put together here, so that the repository holds none. */
const key = ['sk_live_', '51H8abcdefghijklmnopqrstuv'].join('');

/** A repository in which these files are staged. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-staged-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  execFileSync('git', ['add', '.'], { cwd: folder });
  return folder;
}

it('finds a secret in what would be committed, also when the file has lost it meanwhile', async () => {
  const folder = repository({ 'config.ts': `const key = '${key}';`, 'sound.ts': 'const one = 1;' });
  writeFileSync(join(folder, 'config.ts'), 'const key = undefined;');

  expect(await stagedSecrets(folder, [])).toEqual([
    'config.ts:1 looks like a secret (STRIPE_SECRET_KEY_LIVE)',
  ]);
});

it('lets an exception stand whose file is not committed now', async () => {
  const exception = { file: 'elsewhere.ts', finding: 'STRIPE_SECRET_KEY_LIVE', reason: 'Made up.' };

  expect(await stagedSecrets(repository({ 'sound.ts': 'const one = 1;' }), [exception])).toEqual([]);
});
