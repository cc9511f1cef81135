import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GateShut } from '../gates/gate.js';
import { filesBelow } from './files.js';
import {
  type Manifest,
  manifestName,
  type ReleaseFile,
  readManifest,
  sha256Of,
  signatureName,
} from './manifest.js';
import { type ReleaseKey, verifySignature } from './signature.js';

/**
 * Whether a release is what was built, checked and signed: nothing of it is read before that.
 * @throws {GateShut} with what differs.
 */
export async function verifyRelease(
  folder: string,
  { key, commit }: { key: Pick<ReleaseKey, 'arn' | 'publicKey'>; commit: string },
): Promise<Manifest> {
  const manifest = readManifest(folder);
  await verifySignature(folder, key);
  if (manifest.commit !== commit)
    throw new GateShut(
      `The release is of commit ${manifest.commit.slice(0, 12)}, and ${commit.slice(0, 12)} is being released.`,
    );
  const different = differences(folder, manifest.files);
  if (different.length > 0)
    throw new GateShut(`The release is not what was signed: ${different.join('; ')}.`);
  return manifest;
}

function differences(folder: string, files: readonly ReleaseFile[]): string[] {
  const known = new Set([...files.map(({ path }) => path), manifestName, signatureName]);
  const extra = filesBelow(folder).filter((path) => !known.has(path));
  return [
    ...extra.map((path) => `${path} was added`),
    ...files.flatMap(({ path, sha256 }) => {
      if (!existsSync(join(folder, path))) return [`${path} is gone`];
      return sha256Of(readFileSync(join(folder, path))) === sha256 ? [] : [`${path} was changed`];
    }),
  ];
}
