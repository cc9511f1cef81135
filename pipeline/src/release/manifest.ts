import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { GateShut } from '../gates/gate.js';
import { filesBelow } from './files.js';

export const manifestName = 'manifest.json';
export const signatureName = 'manifest.sig.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const Manifest = z.strictObject({
  version: z.literal(1),
  /** First twelve hex digits of the digest of everything below it. */
  release: z.string().regex(/^[0-9a-f]{12}$/),
  /** The commit that it was built from. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** What the owner of the clone supplied: the account that each environment's templates are for. */
  accounts: z.record(z.string(), z.string().regex(/^\d{12}$/)),
  files: z.array(z.strictObject({ path: z.string(), sha256, size: z.int().nonnegative() })),
});

/** What a release consists of. Nothing in it says when or where it was made: the same commit gives the same bytes. */
export type Manifest = z.infer<typeof Manifest>;
export type ReleaseFile = Manifest['files'][number];
export type ReleaseOrigin = Pick<Manifest, 'commit' | 'accounts'>;

export const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** A release's name follows from its contents. */
function releaseOf({ commit, accounts, files }: Omit<Manifest, 'version' | 'release'>): string {
  const sorted = Object.fromEntries(Object.entries(accounts).sort());
  return sha256Of(JSON.stringify({ version: 1, commit, accounts: sorted, files })).slice(0, 12);
}

/** Lists a folder as a release: its files by path, but neither the manifest nor its signature. */
export function manifestOf(folder: string, { commit, accounts }: ReleaseOrigin): Manifest {
  const files = filesBelow(folder)
    .filter((path) => path !== manifestName && path !== signatureName)
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, sha256: sha256Of(bytes), size: bytes.length };
    });
  const sorted = Object.fromEntries(Object.entries(accounts).sort());
  return {
    version: 1,
    release: releaseOf({ commit, accounts, files }),
    commit,
    accounts: sorted,
    files,
  };
}

/** Writes the manifest of what lies in the folder now; an older signature is of another manifest. */
export function writeManifest(folder: string, origin: ReleaseOrigin): Manifest {
  const manifest = manifestOf(folder, origin);
  writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The bytes that are signed. @throws {GateShut} where there is no release. */
export function readManifestBytes(folder: string): Buffer {
  try {
    return readFileSync(join(folder, manifestName));
  } catch (cause) {
    throw new GateShut(`${folder} holds no release: make one by \`pnpm gate package\`.`, { cause });
  }
}

/** @throws {GateShut} for what is no manifest, or one whose name does not follow from its contents. */
export function readManifest(folder: string): Manifest {
  const manifest = parsed(readManifestBytes(folder).toString('utf8'));
  if (manifest.release !== releaseOf(manifest))
    throw new GateShut(`The manifest calls itself ${manifest.release}, which its contents do not give.`);
  return manifest;
}

function parsed(text: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new GateShut(`${manifestName} is no manifest of a release: it was changed, or cut short.`, {
      cause,
    });
  }
}
