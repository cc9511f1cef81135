import { S3Client } from '@aws-sdk/client-s3';
import { SignerClient } from '@aws-sdk/client-signer';
import { artifactBucketName } from '@shipline/infra';
import type { Venv } from '@shipline/local-cloud';
import type { Target } from '@shipline/tooling/deploy/target';
import { samVenv } from '@shipline/tooling/sam';
import type { Signing } from './sign-package.js';
import { ensureLocalProfile, signingProfileOf } from './signing.js';

/** Where SAM works for one environment. */
export interface SamSetting {
  readonly venv: Venv;
  readonly environment: string;
  /** The account's own bucket for artifacts. */
  readonly bucket: string;
  /** How functions are signed, where the environment runs signed code only. */
  readonly signing?: Signing;
}

export async function samSettingOf(target: Target, note: (line: string) => void): Promise<SamSetting> {
  const { environment } = target;
  const signing = await signingOf(target);
  return {
    venv: await samVenv(note),
    environment: environment.name,
    bucket: artifactBucketName(environment),
    ...(signing && { signing }),
  };
}

async function signingOf({ environment, local }: Target): Promise<Signing | undefined> {
  if (environment.signingProfileArn === undefined) return undefined;
  const profile = signingProfileOf(environment.signingProfileArn);
  if (local) await ensureLocalProfile(profile);
  return {
    signer: new SignerClient({ maxAttempts: 5 }),
    s3: new S3Client({ maxAttempts: 5, forcePathStyle: local !== undefined }),
    profile,
  };
}
