import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  paginateListSecrets,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { artifactBucketName, type Environment } from '@shipline/infra';
import { unzipSync } from 'fflate';

/** What is where, by a name that tells the place. */
export type Found = Map<string, Uint8Array>;

/** What a run writes below `.shipline`: the cloud's own state is where secrets belong, and is not looked at. */
const written = ['pipeline/release', 'pipeline/reports', 'pipeline/runs', 'packaged', 'releases'] as const;

/** Every file that a run of the road has made or kept, zips unpacked. */
export function filesMade(workDirectory: string): Found {
  const found: Found = new Map();
  for (const folder of written)
    for (const entry of readdirSync(join(workDirectory, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const file = join(entry.parentPath, entry.name);
        add(found, file.slice(workDirectory.length + 1), readFileSync(file));
      }
  return found;
}

/** Every artifact that CloudFormation and Lambda took from an environment's own account, zips unpacked. */
export async function artifactsOf(environment: Environment): Promise<Found> {
  const found: Found = new Map();
  const client = new S3Client({ forcePathStyle: true });
  const Bucket = artifactBucketName(environment);
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      if (Body) add(found, `s3://${Bucket}/${Key}`, await Body.transformToByteArray());
    }
  return found;
}

/** What the gateway's secrets keep in the account that this process is told of: its key and that of its webhooks. */
export async function secretsOfAccount(): Promise<string[]> {
  const client = new SecretsManagerClient({});
  const found: string[] = [];
  for await (const { SecretList = [] } of paginateListSecrets({ client }, {}))
    for (const { ARN } of SecretList) {
      const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
      const { apiKey, webhookSecret } = JSON.parse(SecretString) as Record<string, string>;
      found.push(...[apiKey, webhookSecret].filter((value) => value !== undefined));
    }
  return found.filter((value) => value.length > 15);
}

/** Where one of these values stands. */
export const holders = (found: Found, secrets: readonly string[]): string[] =>
  [...found]
    .filter(([, bytes]) => secrets.some((one) => Buffer.from(bytes).includes(one)))
    .map(([name]) => name);

function add(found: Found, name: string, bytes: Uint8Array): void {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return void found.set(name, bytes);
  for (const [inside, content] of Object.entries(unzipSync(bytes))) found.set(`${name}!${inside}`, content);
}
