import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReleaseKey } from '../../src/release/signature.js';

export const commit = 'c0ffee'.padEnd(40, '0');

/** A folder with these files, gone after the test. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What KMS does, with a key of this process. */
export function keyInMemory(arn = 'arn:aws:kms:us-east-1:100000000009:key/release'): ReleaseKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    arn,
    sign: async (message) => sign('sha256', message, privateKey),
    publicKey: async () => publicKey.export({ format: 'der', type: 'spki' }),
  };
}
