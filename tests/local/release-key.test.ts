import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseKey } from '@shipline/pipeline/release/kms-release-key';
import { writeManifest } from '@shipline/pipeline/release/manifest';
import { signRelease } from '@shipline/pipeline/release/signature';
import { verifyRelease } from '@shipline/pipeline/release/verify-release';
import { expect, it, onTestFinished } from 'vitest';

it('signs a release by KMS, with a key that stays, and verifies what it signed and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), 'built once');
  const commit = 'c0ffee'.padEnd(40, '0');
  const manifest = writeManifest(folder, { commit, accounts: {} });
  const env = { ...process.env, SHIPLINE_ACCOUNTS: 'local' };

  await signRelease(folder, await releaseKey(env));

  const key = await releaseKey(env);
  await expect(verifyRelease(folder, { key, commit })).resolves.toEqual(manifest);
  writeFileSync(join(folder, 'file'), 'built twice');
  await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('file was changed');
});
