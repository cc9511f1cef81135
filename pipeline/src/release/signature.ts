import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { GateShut } from '../gates/gate.js';
import { readManifest, readManifestBytes, signatureName } from './manifest.js';

/** ECDSA on P-256 over the SHA-256 digest, as KMS makes it: DER, in base64. */
const Signature = z.strictObject({
  version: z.literal(1),
  algorithm: z.literal('ECDSA_SHA_256'),
  /** ARN of the key, for people; whoever verifies knows the key beforehand. */
  key: z.string(),
  signature: z.base64(),
});
type Signature = z.infer<typeof Signature>;

/** The key that releases are signed with; nobody holds its private half. */
export interface ReleaseKey {
  readonly arn: string;
  /** @param message What is signed; its digest is taken by the key. */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** SubjectPublicKeyInfo in DER. */
  publicKey(): Promise<Uint8Array>;
}

/** Signs a release's manifest, and through it the digest of every file. */
export async function signRelease(folder: string, key: ReleaseKey): Promise<void> {
  readManifest(folder);
  const signature: Signature = {
    version: 1,
    algorithm: 'ECDSA_SHA_256',
    key: key.arn,
    signature: Buffer.from(await key.sign(readManifestBytes(folder))).toString('base64'),
  };
  writeFileSync(join(folder, signatureName), `${JSON.stringify(signature, null, 2)}\n`);
}

/** @throws {GateShut} unless this key has signed exactly this manifest. */
export async function verifySignature(
  folder: string,
  key: Pick<ReleaseKey, 'arn' | 'publicKey'>,
): Promise<void> {
  const { signature } = readSignature(folder);
  const publicKey = createPublicKey({
    key: Buffer.from(await key.publicKey()),
    format: 'der',
    type: 'spki',
  });
  if (!verify('sha256', readManifestBytes(folder), publicKey, Buffer.from(signature, 'base64')))
    throw new GateShut(
      `The manifest is not what ${key.arn} has signed: it was changed, or another key signed it.`,
    );
}

function readSignature(folder: string): Signature {
  const path = join(folder, signatureName);
  if (!existsSync(path)) throw new GateShut('The release is not signed: `pnpm gate sign` does it.');
  try {
    return Signature.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GateShut(`${signatureName} is no signature of a release.`, { cause });
  }
}
