import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { GateShut } from '../gates/gate.js';
import type { PublishedContracts } from './compare.js';

/** Where a site tells its contracts: `GET /api/openapi.json` and `GET /api/events.json`. */
const files = { api: 'api/openapi.json', events: 'api/events.json' } as const;

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

/** The contracts that an environment's site tells now; undefined where it tells none yet. */
export async function contractsOf(
  client: S3Client,
  siteBucket: string,
): Promise<PublishedContracts | undefined> {
  const read = async (Key: string): Promise<unknown> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: siteBucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? '');
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  };
  const [api, events] = [await read(files.api), await read(files.events)];
  return api === undefined ? undefined : ({ api, events: events ?? {} } as PublishedContracts);
}
