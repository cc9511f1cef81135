import { CopyObjectCommand, HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import {
  DescribeSigningJobCommand,
  type SignerClient,
  StartSigningJobCommand,
  waitUntilSuccessfulSigningJob,
} from '@aws-sdk/client-signer';
import type { PackagedCode, SigningProfile } from './signing.js';

export interface Signing {
  readonly signer: SignerClient;
  readonly s3: S3Client;
  readonly profile: SigningProfile;
}

/**
 * The signed twin of a zip in the same bucket. Its key says of what and by what it is made: equal code of the next
 * release finds it there, so that a stack whose functions are the same gets no new code.
 */
export async function signPackage(signing: Signing, code: PackagedCode): Promise<PackagedCode> {
  const { s3, profile } = signing;
  const twin = { S3Bucket: code.S3Bucket, S3Key: `${code.S3Key}-${profile.name}-${profile.version}.zip` };
  if (await exists(s3, twin)) return twin;
  const made = await signedObject(signing, code);
  await copy(s3, made, twin.S3Key);
  return twin;
}

/** Runs a signing job; Signer chooses the key. */
async function signedObject({ signer, s3, profile }: Signing, code: PackagedCode): Promise<PackagedCode> {
  // Signer takes files called .zip only, and sam package calls them by their digest.
  const key = `${code.S3Key}.zip`;
  const version = await copy(s3, code, key);
  const { jobId } = await signer.send(
    new StartSigningJobCommand({
      source: { s3: { bucketName: code.S3Bucket, key, version } },
      destination: { s3: { bucketName: code.S3Bucket, prefix: `${code.S3Key}-` } },
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
  return { S3Bucket: code.S3Bucket, S3Key: made.s3.key };
}

/** @returns the version of the copy: buckets for artifacts keep them. */
async function copy(
  s3: S3Client,
  { S3Bucket, S3Key }: PackagedCode,
  Key: string,
): Promise<string | undefined> {
  const { VersionId } = await s3.send(
    new CopyObjectCommand({ Bucket: S3Bucket, Key, CopySource: `${S3Bucket}/${encodeURI(S3Key)}` }),
  );
  return VersionId;
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
