import { readManifest, readManifestBytes, sha256Of } from '../release/manifest.js';

/** Which release is in a folder, and the digest of its manifest, which names everything in it by its digest. */
export interface ReleaseIdentity {
  readonly release: string;
  readonly digest: string;
}

/** @throws {GateShut} where there is none. */
export const releaseIn = (folder: string): ReleaseIdentity => ({
  release: readManifest(folder).release,
  digest: sha256Of(readManifestBytes(folder)),
});
