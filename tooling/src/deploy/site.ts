import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { root } from '../paths.js';
import type { Outputs } from './outputs.js';

/** One object of the site: its key, its bytes and how browsers may keep it. */
export interface SiteObject {
  readonly key: string;
  readonly body: Buffer;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Vite puts a content hash into every name under assets/: those never change. Everything else may. */
const cacheControlOf = (key: string) =>
  key.startsWith('assets/')
    ? 'public, max-age=31536000, immutable'
    : key.endsWith('.svg')
      ? 'public, max-age=3600'
      : 'no-cache';

/** Every file below a directory as an object of the site. */
export function filesOf(directory: string): SiteObject[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile())
    .map((name) => ({
      key: relative('.', name).split(sep).join('/'),
      body: readFileSync(join(directory, name)),
    }));
}

/**
 * Uploads what differs from the bucket, `index.html` last: a browser never gets a page whose parts are not
 * there yet. Nothing is deleted, so that pages which are open keep finding the parts of their release.
 * @returns the keys that were uploaded.
 */
export async function publishSite(
  client: S3Client,
  bucket: string,
  objects: SiteObject[],
): Promise<string[]> {
  const etags = await etagsOf(client, bucket);
  const changed = objects
    .filter(({ key, body }) => etags.get(key) !== createHash('md5').update(body).digest('hex'))
    .sort((a, b) => Number(a.key === 'index.html') - Number(b.key === 'index.html'));
  for (const { key, body } of changed) {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentTypes[extname(key)] ?? 'application/octet-stream',
        CacheControl: cacheControlOf(key),
      }),
    );
  }
  return changed.map(({ key }) => key);
}

async function etagsOf(client: S3Client, bucket: string): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, ...(token && { ContinuationToken: token }) }),
    );
    for (const { Key, ETag } of page.Contents ?? [])
      if (Key && ETag) etags.set(Key, ETag.replaceAll('"', ''));
    token = page.NextContinuationToken;
  } while (token);
  return etags;
}

/** Uploads the storefront's build, the OpenAPI document and the storefront's configuration. */
export async function publishShop(client: S3Client, outputs: Outputs): Promise<void> {
  const openApi = readFileSync(join(root, 'packages/contracts/dist/openapi.json'));
  const config = Buffer.from(outputs.storefrontConfig);
  await publishSite(client, outputs.siteBucket, [
    ...filesOf(join(root, 'services/storefront/dist')),
    { key: 'api/openapi.json', body: openApi },
    { key: 'config.json', body: config },
  ]);
}
