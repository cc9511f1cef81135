import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type EnvironmentName, stackName } from '@shipline/infra';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { GateShut } from '../gates/gate.js';
import type { PublishedContracts } from './compare.js';

/**
 * Where a site tells its contracts: `GET /api/openapi.json` and `GET /api/events.json`; and, for the pipeline alone, those of
 * releases whose deployment has begun.
 */
const files = { api: 'api/openapi.json', events: 'api/events.json', begun: 'api/begun.json' } as const;

/** The contracts in a release's folder. @throws {GateShut} where it has none. */
export function contractsIn(releaseFolder: string): PublishedContracts {
  const read = (name: string): unknown => {
    const file = join(releaseFolder, 'site', name);
    if (!existsSync(file))
      throw new GateShut(`The release has no ${file}: build it with \`pnpm gate package\`.`);
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  return { api: read(files.api), events: read(files.events) } as PublishedContracts;
}

/** The bucket of an environment's site; undefined where it has none yet. */
export async function siteBucketOf(
  client: CloudFormationClient,
  environment: EnvironmentName,
): Promise<string | undefined> {
  const edge = await describeStack(client, stackName(environment, 'edge'));
  return edge?.Outputs?.find(({ OutputKey }) => OutputKey === 'SiteBucketName')?.OutputValue;
}

/**
 * The contracts of everything that is live: of the release that the site tells, and of those whose deployment has begun and
 * not ended, so that some of their stacks may be live as well. Empty where nothing is live yet.
 */
export async function liveContracts(client: S3Client, siteBucket: string): Promise<PublishedContracts[]> {
  const read = (key: string) => readJson(client, siteBucket, key);
  const [api, events] = [await read(files.api), await read(files.events)];
  const whole = api === undefined ? [] : [{ api, events: events ?? {} } as PublishedContracts];
  return [...whole, ...Object.values(await begun(client, siteBucket))];
}

/** Tells before the first stack of a release is changed what will be live beside what is: a deployment may end half-way. */
export async function beginPublishing(
  client: S3Client,
  siteBucket: string,
  release: string,
  contracts: PublishedContracts,
): Promise<void> {
  const all = { ...(await begun(client, siteBucket)), [release]: contracts };
  const object = { ContentType: 'application/json', CacheControl: 'no-store', Body: JSON.stringify(all) };
  await client.send(new PutObjectCommand({ Bucket: siteBucket, Key: files.begun, ...object }));
}

/** Once the site tells the contracts of a release, and all of its stacks are live, nothing of another one is left. */
export async function endPublishing(client: S3Client, siteBucket: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: siteBucket, Key: files.begun }));
}

const begun = async (client: S3Client, siteBucket: string) =>
  ((await readJson(client, siteBucket, files.begun)) ?? {}) as Record<string, PublishedContracts>;

async function readJson(client: S3Client, Bucket: string, Key: string): Promise<unknown> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? '');
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
