import { randomUUID } from 'node:crypto';
import {
  CloudFrontClient,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import {
  CreateBucketCommand,
  GetObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { filesOf, type SiteObject } from '@shipline/tooling/storefront/bundle';
import { KEPT } from '@shipline/tooling/storefront/history';
import { publishBundle, rollBack, type StorefrontPlace } from '@shipline/tooling/storefront/release';
import { Site } from '@shipline/tooling/storefront/site';
import { beforeEach, describe, expect, it } from 'vitest';
import { outputs } from '../support/environment.js';
import { http } from '../support/http.js';

const clients = { s3: new S3Client({ forcePathStyle: true }), cloudFront: new CloudFrontClient({}) };
const file = (key: string, text: string): SiteObject => ({ key, body: Buffer.from(text) });

describe('the bucket of a storefront', () => {
  let place: StorefrontPlace;
  beforeEach(async () => {
    place = { siteBucket: `storefront-${randomUUID()}`, distributionId: outputs.distributionId };
    await clients.s3.send(new CreateBucketCommand({ Bucket: place.siteBucket }));
  });

  const publish = (name: string, using = clients) =>
    publishBundle(
      using,
      place,
      {
        bundle: [file('index.html', name), file(`assets/${name}.js`, name), file('logo.svg', name)],
        settings: [file('config.json', 'config')],
      },
      new Date(),
    );
  const stored = async (Key: string) => {
    const object = await clients.s3.send(new GetObjectCommand({ Bucket: place.siteBucket, Key }));
    return { text: await object.Body?.transformToString(), ...object };
  };
  const site = () => Site.open(clients.s3, place.siteBucket);

  it('has the page of the release before after one step back, with its headers, and the parts of both', async () => {
    await publish('one');
    await publish('two');

    const { live, left } = await rollBack(clients, place);

    expect([live.number, left.number]).toEqual([1, 2]);
    expect(await stored('index.html')).toMatchObject({
      text: 'one',
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
    });
    expect(await stored('logo.svg')).toMatchObject({ text: 'one', CacheControl: 'public, max-age=3600' });
    expect(await stored('assets/two.js')).toMatchObject({ text: 'two' });
    expect((await (await site()).readHistory()).history.live).toBe(1);
  });

  it('takes the next deployment after a step back, and the step back from there', async () => {
    await publish('one');
    await publish('two');
    await rollBack(clients, place);

    expect(await publish('two')).toMatchObject({ live: { number: 3, replaced: 1 }, isNew: true });
    expect(await publish('two')).toMatchObject({ live: { number: 3 }, isNew: false });
    expect((await stored('index.html')).text).toBe('two');
    await rollBack(clients, place);

    expect((await stored('index.html')).text).toBe('one');
    await rollBack(clients, place, 3);
    expect((await stored('index.html')).text).toBe('two');
  });

  it('gets the page last, after everything that it loads', async () => {
    const s3 = new S3Client({ forcePathStyle: true });
    const written: string[] = [];
    s3.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (/^(Put|Copy)/.test(commandName)) written.push((args.input as PutObjectCommandInput).Key ?? '');
          return next(args);
        },
      { step: 'initialize' },
    );

    await publish('one', { ...clients, s3 });

    expect(written.slice(-2)).toEqual(['index.html', 'releases/history.json']);
    expect(written).toEqual(expect.arrayContaining(['assets/one.js', 'logo.svg', 'config.json']));
  });

  it('keeps five releases, and the hashed parts of all', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    for (const name of names) await publish(name);

    const { history } = await (await site()).readHistory();
    const kept = await site();

    expect(history.releases.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6]);
    expect(history.releases).toHaveLength(KEPT);
    for (const { bundle } of history.releases) expect(kept.kept(bundle)).toEqual(['index.html', 'logo.svg']);
    expect(kept.has('assets/one.js')).toBe(true);
    expect(kept.folders()).toHaveLength(KEPT);
  });

  it('refuses to write over what somebody else has released meanwhile', async () => {
    await publish('one');
    const mine = await site();
    const read = await mine.readHistory();
    await publish('two');

    await expect(mine.writeHistory(read.history, read)).rejects.toThrow(
      'Somebody else released the storefront',
    );
  });

  it('has CloudFront forget the pictures that it may still keep, and only those', async () => {
    const forgotten = async () => {
      const { InvalidationList } = await clients.cloudFront.send(
        new ListInvalidationsCommand({ DistributionId: place.distributionId }),
      );
      return InvalidationList?.Items?.map(({ Id = '' }) => Id) ?? [];
    };
    await publish('one');
    const before = await forgotten();

    await publish('two');

    const [added, ...more] = (await forgotten()).filter((id) => !before.includes(id));
    expect(more).toEqual([]);
    const { Invalidation } = await clients.cloudFront.send(
      new GetInvalidationCommand({ DistributionId: place.distributionId, Id: added }),
    );
    expect(Invalidation?.InvalidationBatch?.Paths?.Items).toEqual(['/logo.svg']);
  });
});

describe('the shop', () => {
  const dist = new URL('../../services/storefront/dist', import.meta.url).pathname;

  it('is served with another page after a release, and with the old one after a step back', async () => {
    const page = async () => (await http.get('/cart')).text;
    const before = await page();
    const bundle = filesOf(dist).map((object) =>
      object.key === 'index.html'
        ? file('index.html', `${object.body.toString()}<!-- a release of this test -->`)
        : object,
    );

    await publishBundle(clients, outputs, { bundle, settings: [] }, new Date());
    expect(await page()).toBe(`${before}<!-- a release of this test -->`);

    await rollBack(clients, outputs);
    expect(await page()).toBe(before);
  });
});
