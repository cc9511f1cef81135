import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { PublishedContracts } from '../../src/contracts/compare.js';
import { beginPublishing, endPublishing, liveContracts } from '../../src/contracts/published.js';

const contractsWith = (event: string): PublishedContracts => ({
  api: { paths: {} },
  events: { [event]: {} },
});
const [older, newer, newest] = ['older', 'newer', 'newest'].map(contractsWith) as [
  PublishedContracts,
  PublishedContracts,
  PublishedContracts,
];

/** A site's bucket in which a release is whole. */
function site(whole?: PublishedContracts) {
  const objects = new Map<string, string>();
  const publish = ({ api, events }: PublishedContracts) => {
    objects.set('api/openapi.json', JSON.stringify(api));
    objects.set('api/events.json', JSON.stringify(events));
  };
  if (whole) publish(whole);
  const client = {
    send: async (command: unknown) => {
      if (command instanceof PutObjectCommand)
        return objects.set(String(command.input.Key), String(command.input.Body));
      if (command instanceof DeleteObjectCommand) return objects.delete(String(command.input.Key));
      if (!(command instanceof GetObjectCommand)) throw new Error('Nobody asks for that.');
      const found = objects.get(String(command.input.Key));
      if (found === undefined) throw Object.assign(new Error('Not there.'), { name: 'NoSuchKey' });
      return { Body: { transformToString: async () => found } };
    },
  } as unknown as S3Client;
  return {
    publish,
    live: () => liveContracts(client, 'site'),
    begin: (release: string, contracts: PublishedContracts) =>
      beginPublishing(client, 'site', release, contracts),
    end: () => endPublishing(client, 'site'),
  };
}

describe('the contracts that are live', () => {
  it('are none as long as nothing is', async () => {
    expect(await site().live()).toEqual([]);
  });

  it('are those of the release that the site tells', async () => {
    expect(await site(older).live()).toEqual([older]);
  });

  it('are also those of every deployment that has begun and not ended', async () => {
    const { begin, live } = site(older);

    await begin('b', newer);
    await begin('c', newest);
    await begin('b', newer);

    expect(await live()).toEqual([older, newer, newest]);
  });

  it('are one again when a deployment has ended', async () => {
    const { begin, publish, end, live } = site(older);
    await begin('b', newer);
    await begin('c', newest);

    publish(newest);
    await end();

    expect(await live()).toEqual([newest]);
  });

  it('are those of a first release that has not come to its site', async () => {
    const { begin, live } = site();

    await begin('a', older);

    expect(await live()).toEqual([older]);
  });
});
