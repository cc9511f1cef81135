import {
  BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '@shipline/infra';
import { UserError } from '../cli.js';

/**
 * The account's bucket for Lambda zips and templates: versioned, never public. Its settings are put every time, so
 * that a run which was cut short leaves nothing half done.
 */
export async function ensureArtifactBucket(
  client: S3Client,
  bucket: string,
  { account, region }: Pick<Environment, 'account' | 'region'>,
): Promise<void> {
  const owned = { Bucket: bucket, ExpectedBucketOwner: account };
  if (!(await exists(client, owned))) await create(client, bucket, region);
  await client.send(
    new PutPublicAccessBlockCommand({
      ...owned,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await client.send(
    new PutBucketVersioningCommand({ ...owned, VersioningConfiguration: { Status: 'Enabled' } }),
  );
}

/**
 * The bucket that the account's bootstrap has made.
 * @throws {UserError} where nobody has bootstrapped the account.
 */
export async function requireArtifactBucket(
  client: S3Client,
  bucket: string,
  { account, name }: Pick<Environment, 'account' | 'name'>,
): Promise<void> {
  if (await exists(client, { Bucket: bucket, ExpectedBucketOwner: account })) return;
  throw new UserError(
    `Account ${account} has no bucket ${bucket}: \`pnpm bootstrap ${name}\` makes it, and the roles of the pipeline.`,
  );
}

async function create(client: S3Client, bucket: string, region: string): Promise<void> {
  const LocationConstraint = Object.values(BucketLocationConstraint).find((name) => name === region);
  await client.send(
    // us-east-1 is the default and must not be named.
    new CreateBucketCommand({
      Bucket: bucket,
      ...(LocationConstraint && { CreateBucketConfiguration: { LocationConstraint } }),
    }),
  );
}

async function exists(
  client: S3Client,
  owned: { Bucket: string; ExpectedBucketOwner: string },
): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand(owned));
    return true;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotFound') return false;
    if (name === '403' || name === 'AccessDenied' || name === 'Forbidden')
      throw new UserError(`The bucket ${owned.Bucket} belongs to another account, or you may not read it.`, {
        cause: error,
      });
    throw error;
  }
}
