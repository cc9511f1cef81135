import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beginPublishing, endPublishing, liveContracts } from '@shipline/pipeline/contracts/published';
import { bucketReleases } from '@shipline/pipeline/deploy/bucket-releases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itKeepsReleases } from '../../pipeline/test/deploy/release-store-contract.js';
import { stagingAccount } from './staging.js';

let staging: Awaited<ReturnType<typeof stagingAccount>>;

beforeAll(async () => {
  staging = await stagingAccount();
});
afterAll(() => staging.removeFolder());

describe('releases in a bucket', () => {
  itKeepsReleases(
    () => bucketReleases(staging.account.s3, staging.bucket, `store-${randomUUID()}`),
    () => mkdtempSync(join(staging.folder, 'release-')),
  );

  it('are none while they are only half there', async () => {
    const store = bucketReleases(staging.account.s3, staging.bucket, 'half');
    await staging.account.s3.send(
      new PutObjectCommand({ Bucket: staging.bucket, Key: 'half/one/code.zip', Body: 'x' }),
    );

    expect(await store.list()).toEqual([]);
  });

  it('take what a deployment that was cut short has put there, and write over nothing', async () => {
    const { s3 } = staging.account;
    const store = bucketReleases(s3, staging.bucket, 'again');
    const key = { Bucket: staging.bucket, Key: 'again/one/code.zip' };
    await s3.send(new PutObjectCommand({ ...key, Body: 'first' }));
    const release = mkdtempSync(join(staging.folder, 'release-'));
    writeFileSync(join(release, 'manifest.json'), '{}');
    writeFileSync(join(release, 'code.zip'), 'second');

    await store.keep('one', release);

    expect(await store.list()).toEqual(['one']);
    const { Body } = await s3.send(new GetObjectCommand(key));
    expect(await Body?.transformToString()).toBe('first');
  });
});

describe('the contracts that a site tells', () => {
  it('are none before its first deployment, what lies in its bucket afterwards, and what is half deployed', async () => {
    const { s3 } = staging.account;
    const site = `shipline-site-${randomUUID()}`;
    await s3.send(new CreateBucketCommand({ Bucket: site }));

    expect(await liveContracts(s3, site)).toEqual([]);

    for (const { Key, Body } of [
      { Key: 'api/openapi.json', Body: '{"paths":{"/api/orders":{}}}' },
      { Key: 'api/events.json', Body: '{"order.placed.v1":{}}' },
    ])
      await s3.send(new PutObjectCommand({ Bucket: site, Key, Body }));

    const whole = { api: { paths: { '/api/orders': {} } }, events: { 'order.placed.v1': {} } };
    expect(await liveContracts(s3, site)).toEqual([whole]);
    const half = { api: {}, events: { 'order.placed.v2': {} } };
    await beginPublishing(s3, site, 'half', half);
    expect(await liveContracts(s3, site)).toEqual([whole, half]);
    await endPublishing(s3, site);
    expect(await liveContracts(s3, site)).toEqual([whole]);
  });
});
