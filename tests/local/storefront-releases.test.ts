import { randomUUID } from 'node:crypto';
import {
  CloudFrontClient,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { filesOf, type SiteObject } from '@shipline/tooling/storefront/bundle';
import { KEPT } from '@shipline/tooling/storefront/history';
import { HistoryFile } from '@shipline/tooling/storefront/history-file';
import { publishBundle, rollBack, type StorefrontPlace } from '@shipline/tooling/storefront/release';
import { keptKey, Site } from '@shipline/tooling/storefront/site';
import { beforeEach, describe, expect, it } from 'vitest';
import { outputs } from '../support/environment.js';
import { http } from '../support/http.js';
import {
  s3Answering,
  s3DyingBefore,
  s3HeldBefore,
  s3LosingReplyTo,
  s3Refusing,
  s3Telling,
} from '../support/s3-requests.js';

const clients = { s3: new S3Client({ forcePathStyle: true }), cloudFront: new CloudFrontClient({}) };
const file = (key: string, text: string): SiteObject => ({ key, body: Buffer.from(text) });

describe('the bucket of a storefront', () => {
  let place: StorefrontPlace;
  beforeEach(async () => {
    place = { siteBucket: `storefront-${randomUUID()}`, distributionId: outputs.distributionId };
    await clients.s3.send(new CreateBucketCommand({ Bucket: place.siteBucket }));
  });

  const publish = (name: string, s3 = clients.s3) =>
    publishBundle(
      { ...clients, s3 },
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
  const page = async () => (await stored('index.html')).text;
  const site = () => Site.open(clients.s3, place.siteBucket);
  const historyFile = () => new HistoryFile(clients.s3, place.siteBucket);
  const history = async () => (await historyFile().read()).history;

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
    expect((await history()).live).toBe(1);
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
    const requests: string[] = [];

    await publish(
      'one',
      s3Telling((request) => void requests.push(request)),
    );

    const written = requests.filter((request) => /^(Put|Copy) /.test(request));
    const [claim, ...live] = written.slice(written.indexOf('Put releases/history.json'));
    expect([claim, ...live.slice(-2)]).toEqual([
      'Put releases/history.json',
      'Copy index.html',
      'Put releases/history.json',
    ]);
    expect(live).toEqual(expect.arrayContaining(['Put config.json', 'Copy logo.svg']));
    expect(written.indexOf('Put assets/one.js')).toBeLessThan(written.indexOf('Put releases/history.json'));
  });

  it('keeps five releases, and the hashed parts of all', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    for (const name of names) await publish(name);

    const { releases } = await history();
    const kept = await site();

    expect(releases.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6]);
    expect(releases).toHaveLength(KEPT);
    for (const { bundle } of releases) expect(kept.kept(bundle)).toEqual(['index.html', 'logo.svg']);
    expect(kept.has('assets/one.js')).toBe(true);
    expect(kept.folders()).toHaveLength(KEPT);
  });

  describe('that misses a page', () => {
    it('is not released: an empty build', async () => {
      await publish('one');

      await expect(publishBundle(clients, place, { bundle: [], settings: [] }, new Date())).rejects.toThrow(
        'has no index.html',
      );

      expect(await history()).toMatchObject({ live: 1 });
    });

    it('is not stepped back to: a release whose files are gone', async () => {
      await publish('one');
      await publish('two');
      const [one] = (await history()).releases;
      const Key = keptKey(one?.bundle ?? '', 'index.html');
      await clients.s3.send(new DeleteObjectCommand({ Bucket: place.siteBucket, Key }));

      await expect(rollBack(clients, place)).rejects.toThrow(
        'The files of release 1 of the storefront are gone',
      );

      expect(await page()).toBe('two');
      expect(await history()).toMatchObject({ live: 2 });
    });
  });

  it('says which old files S3 does not delete, though it answers 200', async () => {
    for (const name of ['one', 'two', 'three', 'four', 'five']) await publish(name);
    const error = { Key: 'releases/x/index.html', Code: 'AccessDenied', Message: 'no permission' };
    const s3 = s3Answering('DeleteObjectsCommand', { Errors: [error] });

    await expect(publish('six', s3)).rejects.toThrow(
      '1 files of old releases of the storefront could not be deleted: releases/x/index.html: AccessDenied',
    );
  });

  describe('has CloudFront forget', () => {
    const invalidations = async () => {
      const { InvalidationList } = await clients.cloudFront.send(
        new ListInvalidationsCommand({ DistributionId: place.distributionId }),
      );
      return InvalidationList?.Items?.map(({ Id = '' }) => Id) ?? [];
    };
    /** The paths of each invalidation that comes with the work. */
    const forgottenBy = async (work: () => Promise<unknown>) => {
      const before = await invalidations();
      await work();
      const added = (await invalidations()).filter((id) => !before.includes(id));
      const read = added.map((Id) =>
        clients.cloudFront.send(new GetInvalidationCommand({ DistributionId: place.distributionId, Id })),
      );
      return (await Promise.all(read)).map(
        ({ Invalidation }) => Invalidation?.InvalidationBatch?.Paths?.Items,
      );
    };

    it('the pictures that it may still keep, and only those', async () => {
      await publish('one');

      expect(await forgottenBy(() => publish('two'))).toEqual([['/logo.svg']]);
      expect(await forgottenBy(() => publish('two'))).toEqual([]);
    });

    it('the pictures of a release that was cut off after it had put them there', async () => {
      await publish('one');
      await publish('two', s3DyingBefore('Copy index.html')).catch(() => undefined);
      expect((await stored('logo.svg')).text).toBe('two');

      expect(await forgottenBy(() => publish('two'))).toEqual([['/logo.svg']]);
    });
  });

  describe('released twice at the same time', () => {
    it('is left alone by the one that claims second, and that one says so', async () => {
      await publish('one');
      const slow = s3HeldBefore((request) => /^Put releases\/.*index.html$/.test(request));
      const second = publish('two', slow.s3);
      await slow.reached;
      await publish('three');
      slow.letGo();

      await expect(second).rejects.toThrow('Somebody else released the storefront');
      expect(await page()).toBe('three');
      expect(await history()).toMatchObject({ live: 2, releases: [{ number: 1 }, { number: 2 }] });
    });

    it('has the page of the one that claims last, also when the first is slower to bring its own', async () => {
      await publish('one');
      const slow = s3HeldBefore((request) => request === 'Copy index.html');
      const first = publish('two', slow.s3);
      await slow.reached;
      await publish('three');
      slow.letGo();

      expect(await first).toMatchObject({ live: { number: 3 }, isNew: false });
      expect(await page()).toBe('three');
      expect(await history()).toMatchObject({ live: 3 });
      expect((await history()).underWay).toBeUndefined();
    });
  });

  describe('of a release whose claim', () => {
    it('was made, and whose reply was lost, is not told that somebody else made it', async () => {
      await publish('one');

      const s3 = s3LosingReplyTo('Put releases/history.json');
      expect(await publish('two', s3)).toMatchObject({ live: { number: 2 }, isNew: true });

      expect(await page()).toBe('two');
    });

    it('came at the same moment as another one is told so', async () => {
      await publish('one');

      const s3 = s3Refusing('Put releases/history.json', 'ConditionalRequestConflict');
      await expect(publish('two', s3)).rejects.toThrow('Somebody else released the storefront');

      expect(await page()).toBe('one');
    });
  });

  describe('of a release that was cut off', () => {
    it('gets its page when it is repeated, without another number', async () => {
      await publish('one');
      await expect(publish('two', s3DyingBefore('Copy index.html'))).rejects.toThrow('died');
      expect(await page()).toBe('one');
      expect(await history()).toMatchObject({ live: 2, underWay: { by: 'release', from: 1 } });

      expect(await publish('two')).toMatchObject({ live: { number: 2 }, isNew: false });

      expect(await page()).toBe('two');
      expect((await history()).underWay).toBeUndefined();
    });

    it('steps back to the release before it, whatever browsers get by then', async () => {
      await publish('one');
      await publish('two');
      const beforeItIsNoted = s3DyingBefore('Put releases/history.json', 2);
      await expect(publish('three', beforeItIsNoted)).rejects.toThrow('died');
      expect(await page()).toBe('three');

      expect((await rollBack(clients, place)).live.number).toBe(2);

      expect(await page()).toBe('two');
    });
  });

  describe('of a step back that was cut off', () => {
    it.each([['Copy index.html', 1] as const, ['Put releases/history.json', 2] as const])(
      'takes the same step again (before %s)',
      async (request, nth) => {
        for (const name of ['one', 'two', 'three']) await publish(name);
        const s3 = s3DyingBefore(request, nth);
        await expect(rollBack({ ...clients, s3 }, place)).rejects.toThrow('died');

        const { live, left } = await rollBack(clients, place);

        expect([live.number, left.number]).toEqual([2, 3]);
        expect(await page()).toBe('two');
        expect((await rollBack(clients, place)).live.number).toBe(1);
        expect(await page()).toBe('one');
      },
    );
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

  it('serves none of the releases that its bucket keeps', async () => {
    const { releases } = (await new HistoryFile(clients.s3, outputs.siteBucket).read()).history;
    const keys = ['releases/history.json', ...releases.map(({ bundle }) => keptKey(bundle, 'index.html'))];

    for (const key of keys) expect((await http.get(`/${key}`)).status).toBe(404);
    expect(keys.length).toBeGreaterThan(1);
  });
});
