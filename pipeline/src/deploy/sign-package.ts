import {
  CopyObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  DescribeSigningJobCommand,
  type SignerClient,
  StartSigningJobCommand,
  waitUntilSuccessfulSigningJob,
} from '@aws-sdk/client-signer';
import { s3Prefix } from './artifact-prefix.js';
import type { ReleasedCode } from './released-code.js';
import type { PackagedCode, SigningProfile } from './signing.js';

export interface Signing {
  readonly signer: SignerClient;
  readonly s3: S3Client;
  readonly profile: SigningProfile;
}

/**
 * Where the signed twin of a zip lies: its key says of what and by what it is made, so that a stack whose functions are
 * the same gets no new code of the next release.
 */
export const signedPlace = (
  S3Bucket: string,
  { sha256 }: Pick<ReleasedCode, 'sha256'>,
  { name, version }: SigningProfile,
): PackagedCode => ({ S3Bucket, S3Key: `${s3Prefix('deploy', 'signed')}/${sha256}-${name}-${version}.zip` });

/**
 * Signs a zip of the release, unless that was done before: only who deploys writes where its twin would lie. What is
 * signed are the bytes that the release's manifest names, whatever lies in the bucket.
 */
export async function signPackage(
  signing: Signing,
  bucket: string,
  code: ReleasedCode,
): Promise<PackagedCode> {
  const twin = signedPlace(bucket, code, signing.profile);
  if (await exists(signing.s3, twin)) return twin;
  const made = await signedObject(signing, bucket, code);
  await signing.s3.send(
    new CopyObjectCommand({
      Bucket: bucket,
      Key: twin.S3Key,
      CopySource: `${bucket}/${encodeURI(made)}`,
    }),
  );
  return twin;
}

/** Runs a signing job; Signer chooses the key. @returns it. */
async function signedObject(
  { signer, s3, profile }: Signing,
  bucketName: string,
  { sha256, bytes }: ReleasedCode,
): Promise<string> {
  // Signer takes files called .zip only. The version is the one that is written here, whoever writes another one.
  const key = `${s3Prefix('deploy', 'unsigned')}/${sha256}.zip`;
  const { VersionId: version } = await s3.send(
    new PutObjectCommand({ Bucket: bucketName, Key: key, Body: bytes() }),
  );
  const { jobId } = await signer.send(
    new StartSigningJobCommand({
      source: { s3: { bucketName, key, version } },
      destination: { s3: { bucketName, prefix: `${s3Prefix('deploy', 'signing')}/${sha256}-` } },
      profileName: profile.name,
      profileOwner: profile.owner,
    }),
  );
  await waitUntilSuccessfulSigningJob(
    { client: signer, minDelay: 1, maxDelay: 5, maxWaitTime: 300 },
    { jobId },
  );
  const { signedObject: made } = await signer.send(new DescribeSigningJobCommand({ jobId }));
  if (!made?.s3?.key) throw new Error(`Signing job ${jobId} has signed ${key}, and names no object.`);
  return made.s3.key;
}

async function exists(s3: S3Client, { S3Bucket, S3Key }: PackagedCode): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: S3Bucket, Key: S3Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
