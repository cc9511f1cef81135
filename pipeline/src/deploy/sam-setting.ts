import type { S3Client } from '@aws-sdk/client-s3';
import { SignerClient } from '@aws-sdk/client-signer';
import { artifactBucketName, type Environment } from '@shipline/infra';
import type { Venv } from '@shipline/local-cloud';
import { ensureArtifactBucket, requireArtifactBucket } from '@shipline/tooling/deploy/artifact-bucket';
import { callerArn } from '@shipline/tooling/deploy/caller';
import type { Target } from '@shipline/tooling/deploy/target';
import { samVenv } from '@shipline/tooling/sam';
import { executionRoleName } from '../accounts/names.js';
import { type ArtifactPrefix, artifactPrefixOf } from './artifact-prefix.js';
import type { Signing } from './sign-package.js';
import { ensureLocalProfile, signingProfileOf } from './signing.js';

/** Where SAM works for one environment. */
export interface SamSetting {
  readonly venv: Venv;
  readonly environment: string;
  /** The account's own bucket for artifacts. */
  readonly bucket: string;
  /** Below what this process may write there. */
  readonly prefix: ArtifactPrefix;
  /** ARN of the role with which CloudFormation makes resources; absent = with the rights of who asks. */
  readonly executionRole?: string;
  /** How functions are signed, where the environment runs signed code only. */
  readonly signing?: Signing;
}

/**
 * How SAM works for an environment. On AWS its bucket, its signing profile and CloudFormation's role come with the
 * account's bootstrap; an account of the local cloud needs none, and its bucket and profile are made here.
 */
export async function samSettingOf(
  target: Target,
  s3: S3Client,
  note: (line: string) => void,
): Promise<SamSetting> {
  const { environment } = target;
  const { name } = environment;
  const bucket = artifactBucketName(environment);
  if (environment.hostedBy === 'aws' && name !== 'local')
    await requireArtifactBucket(s3, bucket, environment);
  else await ensureArtifactBucket(s3, bucket, environment);
  const role = executionRole(environment);
  const signing = await signingOf(target, s3);
  return {
    venv: await samVenv(note),
    environment: name,
    bucket,
    prefix: artifactPrefixOf(await callerArn(), name),
    ...(role && { executionRole: role }),
    ...(signing && { signing }),
  };
}

export const executionRole = ({ name, account }: Pick<Environment, 'name' | 'account'>) =>
  name === 'local' ? undefined : `arn:aws:iam::${account}:role/${executionRoleName(name)}`;

async function signingOf({ environment, local }: Target, s3: S3Client): Promise<Signing | undefined> {
  if (environment.signingProfileArn === undefined) return undefined;
  const profile = signingProfileOf(environment.signingProfileArn);
  if (local) await ensureLocalProfile(profile);
  return { signer: new SignerClient({ maxAttempts: 5 }), s3, profile };
}
