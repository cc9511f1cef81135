import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { publishSite } from '../../src/deploy/site.js';

const object = (key: string, text: string) => ({ key, body: Buffer.from(text) });

/** A bucket that remembers what was put, in order. */
function bucketWith(stored: Record<string, string>) {
  const puts: { Key: string; CacheControl: string; ContentType: string }[] = [];
  const etag = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`;
  const send = async (command: { constructor: { name: string }; input: object }) => {
    if (command.constructor.name === 'PutObjectCommand') puts.push(command.input as (typeof puts)[0]);
    return { Contents: Object.entries(stored).map(([Key, text]) => ({ Key, ETag: etag(text) })) };
  };
  return { client: { send } as unknown as S3Client, puts };
}

describe('publishing the site', () => {
  it('uploads what differs, and the page after its parts', async () => {
    const { client, puts } = bucketWith({ 'assets/a-1.js': 'same', 'config.json': 'old' });

    const keys = await publishSite(client, 'site', [
      object('index.html', 'page'),
      object('assets/a-1.js', 'same'),
      object('assets/b-2.js', 'new'),
      object('config.json', 'new'),
    ]);

    expect(keys).toEqual(['assets/b-2.js', 'config.json', 'index.html']);
    expect(puts.map(({ Key }) => Key)).toEqual(keys);
  });

  it('lets browsers keep for ever what has its hash in its name, and nothing else', async () => {
    const { client, puts } = bucketWith({});

    await publishSite(client, 'site', [object('assets/b-2.js', 'x'), object('index.html', 'x')]);

    expect(puts).toMatchObject([
      { CacheControl: 'public, max-age=31536000, immutable', ContentType: 'text/javascript; charset=utf-8' },
      { CacheControl: 'no-cache', ContentType: 'text/html; charset=utf-8' },
    ]);
  });
});
